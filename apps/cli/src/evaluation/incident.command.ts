/** `gep incident`: major incidents and proven falsification, recorded by one person and confirmed by another. */
import { randomUUID } from 'node:crypto';
import { Argument, type Command } from 'commander';
import { type IncidentAct, incidentActs, type IncidentKind, incidentKinds } from '@gep/evaluation';
import { getTerritory } from '@gep/territory';
import { byPerson } from '../fund/person.command';
import type { DeedOptions } from '../machine/person-deed.service';
import { today } from '../machine/today.service';
import { renderIncidents } from '../rendering/evaluation/render-scores';
import { calendarDay, withExamples } from '../terminal/arguments.command';
import type { Terminal } from '../terminal/terminal.service';
import { readingScores, tellScores } from './score-services.service';

const password = '--password-stdin < password-file';

interface RecordOptions extends DeedOptions {
  readonly year: string;
  readonly happened: string;
  readonly found: string;
  readonly authority: string;
  readonly finding: string;
  readonly document: string;
  readonly digest: string;
}

export function addIncidentCommands(program: Command, open: () => Terminal): void {
  const incident = program
    .command('incident')
    .description(
      'major incidents and proven falsification, on which vetoes rest · 重大事件与查实的弄虚作假（一票否决的依据）',
    );
  const record = byPerson(
    incident
      .command('record <territory>')
      .addArgument(new Argument('<kind>', 'what it is · 种类').choices([...incidentKinds]))
      .description('record what an authority found, with its document · 登记有权机关的认定及文书')
      .requiredOption('--year <year>', 'year whose evaluation it counts in · 计入考评的年份')
      .requiredOption('--happened <day>', 'day on which it happened · 发生之日', calendarDay)
      .requiredOption('--found <day>', 'day of the finding · 认定之日', calendarDay)
      .requiredOption('--authority <name>', 'who found it · 认定机关')
      .requiredOption('--finding <text>', 'what was found · 认定的事实')
      .requiredOption('--document <name>', 'name of the document · 文书名称')
      .requiredOption('--digest <sha256>', 'of the document · 文书的摘要'),
  ).action((territory: string, kind: IncidentKind, options: RecordOptions) => {
    const { year: period, happened: happenedOn, found: foundOn, authority, finding } = options;
    const { document: documentName, digest: documentDigest, ...person } = options;
    const draft = { territory, kind, period, happenedOn, foundOn, authority, finding, documentName, documentDigest };
    return tellScores(open(), person, 'evaluation.prepare', { kind: 'incident', act: 'open' }, ({ incidents }, actor) =>
      incidents.record(actor, draft, randomUUID()),
    );
  });
  withExamples(
    record,
    `gep incident record 990101 proven-falsification --year 2024 --happened 2024-06-01 --found 2025-03-01 --authority "Provincial inspection" --finding "cover reported without a survey" --document "decision 7" --digest $(sha256sum < decision.pdf | cut -c1-64) --as evaluation-officer ${password}`,
  );
  addActs(incident, open);
  const list = incident
    .command('list <territory> [year]')
    .description('incidents at and below a territory · 该地域及其下级的事件')
    .action(async (territory: string, period: string | undefined) => {
      const terminal = open();
      const found = await readingScores(async ({ incidents }, actor, database) => {
        const { path: within } = await database.snapshot(actor, (tx) => getTerritory(tx, territory, today()));
        return incidents.list(actor, { within, period });
      });
      terminal.result(found, () => renderIncidents(found, terminal.options.language));
    });
  withExamples(list, 'gep incident list 990100 2024');
}

function addActs(incident: Command, open: () => Terminal): void {
  const act = byPerson(
    incident
      .command('act <incident>')
      .addArgument(new Argument('<act>', 'what is done · 办理').choices([...incidentActs]))
      .description(
        'confirm or reject it, by another person than recorded it; or annul what was confirmed · 核实、不采用（非登记人），或撤销',
      )
      .option('--reason <text>', 'why; needed to reject and annul · 理由；不采用、撤销必填'),
  ).action((id: string, wish: IncidentAct, { reason, ...options }: DeedOptions & { readonly reason?: string }) =>
    tellScores(open(), options, 'evaluation.read', { kind: 'incident', act: wish, named: id }, ({ incidents }, actor) =>
      incidents.act(actor, { id, act: wish, reason }, randomUUID()),
    ),
  );
  withExamples(
    act,
    `gep incident act 5f0c7d0e-6f0b-4d5a-9f59-0a3f6f6c2c11 confirm --as evaluation-checker ${password}`,
  );
}
