import { script } from '@bomb.sh/tab';
import { BASH_SCRIPT } from './bash-script.js';
import { printedBy } from './printed-by.js';

export type Shell = 'bash' | 'zsh' | 'fish' | 'powershell';

/** What a shell is to source. It asks `driftspan complete -- <words>` at each completion. */
export function completionScript(shell: Shell): string {
  return shell === 'bash' ? BASH_SCRIPT : printedBy(() => script(shell, 'driftspan', 'driftspan'));
}
