/** `gep norm show`: how each service of a norm is counted and for whom, what is left out or excluded, what is uncertain. */
import type { Command } from 'commander';
import { loadNorm, normView, parameterViews } from '@gep/rulebook';
import { NormServiceMissing } from '../errors';
import { readSettings } from '../machine/settings.loader';
import { renderNorm } from '../rendering/norm/render-norm';
import { withExamples } from '../terminal/arguments.command';
import type { Terminal } from '../terminal/terminal.service';

interface ShowOptions {
  readonly service?: string;
}

export function addShowNormCommand(norm: Command, open: () => Terminal): void {
  const show = norm
    .command('show <id-or-folder>')
    .description(
      'services with their rules, beneficiaries, switches, ranges and what is left out · 服务及其规则、受益者、开关、区间与不计的服务',
    )
    .option('--service <code>', 'only this service · 只看此服务')
    .action(async (idOrFolder: string, options: ShowOptions) => showNorm(open(), idOrFolder, options));
  withExamples(show, 'gep norm show cn-terrestrial', 'gep norm show seea-ea --service carbonFixation --json');
}

/** @throws NormNotFound, NormRefused, NormServiceMissing */
async function showNorm(terminal: Terminal, idOrFolder: string, { service }: ShowOptions): Promise<void> {
  const norm = await loadNorm(idOrFolder, readSettings().rulebookDir);
  const view = normView(norm);
  const services = view.services.filter(({ code }) => service === undefined || code === service);
  if (services.length === 0) {
    const counted = view.services.map(({ code }) => code);
    throw new NormServiceMissing(
      norm.id,
      service!,
      counted,
      view.excluded.find((left) => left.service === service),
    );
  }
  const parameters = parameterViews(norm.parameters, {});
  const result = service === undefined ? { ...view, parameters } : services[0];
  terminal.result(result, () => renderNorm(norm, terminal.options.language, service));
}
