import { describe, expect, test } from 'vitest';
import { looksPersonal } from '../../src/data/personal.js';

describe('a name', () => {
  test.each([
    'email',
    'Email',
    'e-mail',
    'customerEmail',
    'customer_email_2',
    'EMAIL_ADDRESS',
    'phone',
    'phoneNumber',
    'home phone',
    'ssn',
    'SSN',
    'first_name',
    'lastName',
    'FullName',
    'surname',
    'username',
    'user_name',
    'address',
    'street_address',
    'billingAddress1',
    'birth_date',
    'dateOfBirth',
    'DOB',
    'iban',
    'passport_no',
    'ip',
    'client_ip',
    'IPAddress',
    'user_id',
    'userId',
    'customerID',
    'card_number',
    'license plate',
  ])('%s looks personal', name => {
    expect(looksPersonal(name, [])).toMatch(/^by its name (a|an|the) /);
  });

  test.each([
    'zip',
    'phone_model',
    'email_count',
    'name_length',
    'name',
    'product_name',
    'address_type',
    'has_phone',
    'is_email_verified',
    'emailDomain',
    'ship',
    'tip',
    'zip_code',
    'recipe',
    'script',
    'equipment',
    'days_since_birthday',
    'addressable',
    'phoneme',
    'ip_count',
    'user_count',
    'item_id',
    'birth_year',
    'n_phone',
    'card_type',
    'passport_country',
    'carrier',
    'distance',
    'dob_known',
  ])('%s does not', name => {
    expect(looksPersonal(name, [])).toBeUndefined();
  });
});

describe('values', () => {
  test.each([
    ['e-mail addresses', ['ada@example.org', 'b.c+d@mail.example.co.uk', 'x@y.io']],
    ['telephone numbers', ['+44 20 7946 0958', '(212) 555-0123', '212-555-0123']],
    ['social security numbers', ['078-05-1120', '219-09-9999', '457-55-5462']],
    ['bank accounts', ['GB82 WEST 1234 5698 7654 32', 'DE89370400440532013000', 'FR1420041010050500013M02606']],
    ['card numbers', ['4111 1111 1111 1111', '5500005555555559', '340000000000009']],
    ['IP addresses', ['192.0.2.1', '2001:db8::1', '10.0.0.255']],
  ])('that are %s look personal', (what, values) => {
    expect(looksPersonal('x', values)).toBe(`by its values ${what}`);
  });

  test.each([
    ['versions', ['1.2.3', '10.0.1', '2.0.0']],
    ['plain digits', ['2125550123', '4111111111111112', '1234567890']],
    [
      'check digits that are wrong',
      ['GB82WEST12345698765433', 'DE88370400440532013000', 'FR1420041010050500013M02607'],
    ],
    ['words with an at', ['a@b', '@home', 'x @ y.z']],
    ['dates', ['2013-01-31', '31-01-2013', '01/31/2013']],
    ['too few', ['ada@example.org', 'b@example.org']],
    ['mostly others', ['ada@example.org', 'none', 'none yet', 'unknown']],
  ])('that are %s do not', (_, values) => {
    expect(looksPersonal('x', values)).toBeUndefined();
  });

  test('of whole numbers have the check digit of a card by chance, a tenth of them', () => {
    const numbers = Array.from({ length: 1000 }, (_, i) => String(4_000_000_000_000_000 + i * 7));
    expect(looksPersonal('x', numbers)).toBeUndefined();
  });
});
