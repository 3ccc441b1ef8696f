import { describe, expect, it } from 'vitest';
import { escaped, Html, html } from '../../src/html/html.js';
import { proseHtml } from '../../src/html/prose.js';
import { category, feature, say } from '../../src/words/prose.js';

describe('a template of markup', () => {
  it('escapes what is put into it, in content and in a quoted attribute', () => {
    const hostile = `</script><b a="1" b='2'>&amp;`;
    expect(html`<p title="${hostile}">${hostile}</p>`.markup).toBe(
      '<p title="&lt;/script&gt;&lt;b a=&quot;1&quot; b=&#39;2&#39;&gt;&amp;amp;">&lt;/script&gt;&lt;b a=&quot;1&quot; b=&#39;2&#39;&gt;&amp;amp;</p>',
    );
  });

  it('takes markup as it is, lists piece by piece, and undefined as nothing', () => {
    expect(html`<ul>${[html`<li>${1}</li>`, ['<', undefined]]}${undefined}</ul>`.markup).toBe(
      '<ul><li>1</li>&lt;</ul>',
    );
    expect(html`${new Html('<br>')}`.markup).toBe('<br>');
  });

  it('lets nothing in that a document may not hold', () => {
    expect(escaped('\u0000\ud800')).toBe('\\u0000\\ud800');
  });
});

describe('a sentence as markup', () => {
  it('isolates names, quotes categories and keeps per cent signs with their number', () => {
    expect(proseHtml(say(feature('a<b'), ': ', category('late'), ' is 5 %')).markup).toBe(
      '<b><bdi>a&lt;b</bdi></b>: <b class="q">“<bdi>late</bdi>”</b> is 5\u00a0%',
    );
  });
});
