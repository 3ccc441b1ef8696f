#!/usr/bin/env node
// Here before the first build, so that npm can link it in this repository's workspaces too.
import '../dist/bin.js';
