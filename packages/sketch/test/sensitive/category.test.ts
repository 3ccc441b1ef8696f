import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { sensitiveCategory } from '../../src/sensitive/category.js';
import { sensitiveKeyId } from '../../src/sensitive/key.js';
import { refusal } from '../refusal.js';

const KEY = 'a key of 16 bytes';
const byNode = (key: string | Uint8Array, text: string) => createHmac('sha256', key).update(text, 'utf8').digest('hex');

describe('a sensitive category', () => {
  it('is the first 32 hex digits of HMAC-SHA256 of its UTF-8, as OpenSSL and Python compute it', () => {
    const hash = sensitiveCategory(KEY);
    for (const text of ['', 'Ada', 'żółć', '😀', 'x'.repeat(256), 'tab\t', '\0']) {
      expect(hash(text)).toBe(byNode(KEY, text).slice(0, 32));
    }
    // hmac.new(b'a key of 16 bytes', b'Ada', 'sha256').hexdigest()[:32]
    expect(hash('Ada')).toBe('f41d8c05fac4e65a6feeeb0b2fa04589');
  });

  it('is another one under another key, of any length', () => {
    for (const key of ['a key of 16 bytez', 'k'.repeat(64), 'k'.repeat(65), 'ż'.repeat(8), new Uint8Array(16)]) {
      expect(sensitiveCategory(key)('Ada')).toBe(byNode(key, 'Ada').slice(0, 32));
    }
  });

  it('is the same whatever was hashed before', () => {
    const hash = sensitiveCategory(KEY);
    const first = hash('Ada');
    hash('Grace');
    expect(hash('Ada')).toBe(first);
  });

  it('is none for a text that no baseline can have', () => {
    const hash = sensitiveCategory(KEY);
    expect([hash('x'.repeat(257)), hash('\ud800'), hash('a\udc00')]).toEqual(['', '', '']);
    expect(hash('\ufffd')).not.toBe('');
  });

  it('stays as it is when the bytes of its key are wiped', () => {
    const key = new TextEncoder().encode(KEY);
    const hash = sensitiveCategory(key);
    key.fill(0);
    expect(hash('Ada')).toBe(sensitiveCategory(KEY)('Ada'));
  });
});

describe('a key', () => {
  it('as text is its UTF-8 bytes', () => {
    const bytes = new TextEncoder().encode('ključ 🔑 of the tests');
    expect(sensitiveKeyId(bytes)).toBe(sensitiveKeyId('ključ 🔑 of the tests'));
    expect(sensitiveCategory(bytes)('Ada')).toBe(sensitiveCategory('ključ 🔑 of the tests')('Ada'));
  });

  it('has the id that OpenSSL computes', () => {
    expect(sensitiveKeyId(KEY)).toBe(byNode(KEY, 'driftspan sensitive key').slice(0, 16));
  });

  it('of 16 bytes is enough', () => {
    expect(sensitiveKeyId('0123456789abcdef')).toMatch(/^[0-9a-f]{16}$/);
    expect(sensitiveKeyId('żżżżżżżż')).toMatch(/^[0-9a-f]{16}$/);
  });

  it.each([
    ['15 bytes', 'secret-15-bytes'],
    ['15 bytes', new TextEncoder().encode('secret-15-bytes')],
    ['0 bytes', ''],
    ['a value of type number', 5],
    ['a value of type object', null],
    ['a value of type object', { length: 20 }],
    ['a value of type undefined', undefined],
    ['half a surrogate pair', '\ud800secret'.repeat(16)],
  ])('that is none (%s) is refused, and not told', (met, key) => {
    for (const use of [sensitiveCategory, sensitiveKeyId]) {
      const error = refusal('ERR_MODEL', () => use(key as string));
      expect([error.where, error.met]).toEqual(['model.sensitiveKey', met]);
      expect(error.message).not.toContain('secret');
    }
  });
});
