import { CliError } from '../errors.js';

export interface ModelName {
  readonly name: string;
  readonly version: string;
}

/** `flight-delay@2013.01`; the version is what follows the last @. */
export function modelName(text: string | undefined): ModelName {
  const at = text?.lastIndexOf('@') ?? -1;
  if (text === undefined || at <= 0 || at === text.length - 1) {
    throw new CliError(
      'ERR_USAGE',
      '--model',
      text === undefined ? 'nothing' : JSON.stringify(text),
      '<name>@<version>',
      {
        hint: 'name the model as defineModel does, such as --model flight-delay@2013.01',
      },
    );
  }
  return { name: text.slice(0, at), version: text.slice(at + 1) };
}
