import { Argument, type Command } from 'commander';
import type { CommandContext } from '../program.js';
import { addHelpEnd } from '../terminal/help.js';
import { note } from '../terminal/io.js';

const DASHBOARDS = ['overview', 'model'] as const;

export function addDashboardCommand(program: Command, { io }: CommandContext): void {
  const command = program
    .command('dashboard')
    .description('Print a Grafana dashboard of the fleet, as JSON to import.')
    .addArgument(
      new Argument('[which]', 'every model at a glance, or one model feature by feature')
        .choices(DASHBOARDS)
        .default('overview'),
    )
    .option('-o, --output <file>', 'write to a file instead of stdout')
    .action(async (which: (typeof DASHBOARDS)[number], { output }: { readonly output?: string }) => {
      const { dashboardText } = await import('../fleet/dashboard-text.js');
      const text = await dashboardText(which);
      if (output === undefined) {
        io.stdout.write(text);
        return;
      }
      const [{ replaceFile }, { resolve }] = await Promise.all([import('@driftspan/files'), import('node:path')]);
      await replaceFile(resolve(io.cwd, output), text);
      note(io, `wrote ${output}: in Grafana, Dashboards → New → Import`);
    });
  addHelpEnd(command, {
    examples: [
      ['driftspan dashboard -o overview.json', 'The overview, to import into Grafana'],
      ['driftspan dashboard model > model.json', 'One model, feature by feature'],
    ],
    pages: ['docs/dashboards.md'],
  });
}
