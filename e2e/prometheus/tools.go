//go:build tools

// Package tools pins the newer Prometheus of the end-to-end tests: scripts/fleet-tools.js builds it from here.
package tools

import (
	_ "github.com/prometheus/prometheus/cmd/prometheus"
	_ "github.com/prometheus/prometheus/cmd/promtool"
)
