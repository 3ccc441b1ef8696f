import { isIP } from 'node:net';
import { isCardNumber, isIban } from './check-digits.js';

/** Words of a name that tell of a person, one behind the other. */
const PERSONAL_WORDS: readonly (readonly [words: string, what: string])[] = [
  ['email', 'an e-mail address'],
  ['e mail', 'an e-mail address'],
  ['mail address', 'an e-mail address'],
  ['phone', 'a telephone number'],
  ['telephone', 'a telephone number'],
  ['phonenumber', 'a telephone number'],
  ['mobile number', 'a telephone number'],
  ['cell number', 'a telephone number'],
  ['msisdn', 'a telephone number'],
  ['ssn', 'a social security number'],
  ['social security', 'a social security number'],
  ['national id', 'an identity number'],
  ['tax id', 'an identity number'],
  ['nino', 'an identity number'],
  ['passport', 'an identity number'],
  ['driver license', 'an identity number'],
  ['drivers license', 'an identity number'],
  ['driving licence', 'an identity number'],
  ['license plate', 'a licence plate'],
  ['first name', 'the name of a person'],
  ['firstname', 'the name of a person'],
  ['last name', 'the name of a person'],
  ['lastname', 'the name of a person'],
  ['full name', 'the name of a person'],
  ['fullname', 'the name of a person'],
  ['middle name', 'the name of a person'],
  ['maiden name', 'the name of a person'],
  ['given name', 'the name of a person'],
  ['family name', 'the name of a person'],
  ['surname', 'the name of a person'],
  ['customer name', 'the name of a person'],
  ['client name', 'the name of a person'],
  ['patient name', 'the name of a person'],
  ['employee name', 'the name of a person'],
  ['person name', 'the name of a person'],
  ['passenger name', 'the name of a person'],
  ['cardholder', 'the name of a person'],
  ['user name', 'the name of a user'],
  ['username', 'the name of a user'],
  ['ip address', 'an IP address'],
  ['ip addr', 'an IP address'],
  ['ipv', 'an IP address'],
  ['client ip', 'an IP address'],
  ['remote ip', 'an IP address'],
  ['user ip', 'an IP address'],
  ['ip', 'an IP address'],
  ['address', 'an address'],
  ['addr', 'an address'],
  ['street', 'an address'],
  ['date of birth', 'a date of birth'],
  ['birth date', 'a date of birth'],
  ['birthdate', 'a date of birth'],
  ['birthday', 'a date of birth'],
  ['dob', 'a date of birth'],
  ['iban', 'a bank account'],
  ['account number', 'a bank account'],
  ['card number', 'a card number'],
  ['cardnumber', 'a card number'],
  ['credit card', 'a card number'],
  ['user id', 'the id of a person'],
  ['userid', 'the id of a person'],
  ['customer id', 'the id of a person'],
  ['client id', 'the id of a person'],
  ['patient id', 'the id of a person'],
  ['employee id', 'the id of a person'],
  ['member id', 'the id of a person'],
  ['person id', 'the id of a person'],
  ['passenger id', 'the id of a person'],
];

/** A name that ends so is about the thing, and not the thing itself: `email_count`, `phone_model`, `address_type`. */
const ABOUT = new Set(
  (
    'age brand change changed changes city click clicked clicks code consent count counts country days digits distance domain entropy flag ' +
    'kind known language len length limit match missing model num open opened opens os present provider quality rate ratio region risk score ' +
    'sent share similarity size state status subscribed type types valid verified words year zip'
  ).split(' '),
);
/** And one that begins so: `is_email_valid`, `has_phone`, `days_since_address`. */
const ASKING = new Set('avg count days has is mean n num number total'.split(' '));

/** Values of a sample that must look alike before the column does. */
const SHARE_ALIKE = 0.5;
/** Every tenth number has the check digit of a card by chance. */
const SHARE_OF_CARDS = 0.8;
const ENOUGH_VALUES = 3;

/** Texts by their form. IBAN and cards have check digits, without which many a code would look like one. */
const FORMS: readonly (readonly [what: string, share: number, test: (value: string) => boolean])[] = [
  ['e-mail addresses', SHARE_ALIKE, value => /^[^\s@]+@[^\s@]+\.[^\s@.]{2,}$/.test(value)],
  ['telephone numbers', SHARE_ALIKE, isPhone],
  ['social security numbers', SHARE_ALIKE, value => /^\d{3}-\d{2}-\d{4}$/.test(value)],
  ['bank accounts', SHARE_ALIKE, isIban],
  ['card numbers', SHARE_OF_CARDS, isCardNumber],
  ['IP addresses', SHARE_ALIKE, value => isIP(value) !== 0],
];

/**
 * Why a column looks personal: by its name or by the form of the values, a sample of them; undefined if it does not. It may miss some and
 * accuse others, so the user has the last word. The reason holds no value.
 */
export function looksPersonal(name: string, values: readonly string[]): string | undefined {
  const named = personalName(name);
  if (named !== undefined) return `by its name ${named}`;
  const texts = values.filter(value => value !== '');
  if (texts.length < ENOUGH_VALUES) return undefined;
  const form = FORMS.find(([, share, test]) => texts.filter(text => test(text.trim())).length >= share * texts.length);
  return form && `by its values ${form[0]}`;
}

function personalName(name: string): string | undefined {
  const words = wordsOf(name);
  if (words.length === 0 || ABOUT.has(words.at(-1)!) || ASKING.has(words[0]!)) return undefined;
  const phrase = ` ${words.join(' ')} `;
  return PERSONAL_WORDS.find(([words]) => phrase.includes(` ${words} `))?.[1];
}

/** `customerEmail`, `customer_email` and `CUSTOMER EMAIL 2` are customer, email. */
function wordsOf(name: string): readonly string[] {
  const words = name
    .replaceAll(/\d+/g, ' ')
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase();
  return words.split(/[^a-z]+/).filter(word => word !== '');
}

/** International, or as written in North America: plain digits are as likely a number of something else. */
function isPhone(value: string): boolean {
  const digits = value.replaceAll(/\D/g, '').length;
  if (/^\+\d[\d\s()./-]+$/.test(value)) return digits >= 8 && digits <= 15;
  return /^(\(\d{3}\) ?|\d{3}[ .-])\d{3}[ .-]\d{4}$/.test(value);
}
