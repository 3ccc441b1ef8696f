/** Names that would break out of a page, a terminal or a line, were they not escaped. */
export const HOSTILE: readonly string[] = [
  '</script><script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '</style></title><svg onload=alert(1)>',
  '<!--',
  ']]>',
  '&lt;b&gt; &amp;amp;',
  'javascript:alert(1)',
  '\u202egnp.exe\u2066',
  'عربي (١)',
  `${'x'.repeat(250)}<b>z`,
  'a\u0000b\u001b[31mc\r\nd',
  '\ud83d',
  '{{constructor}} $(7*7)',
  '__proto',
];
