/** `gep settlement`: from figures and rules to money, as it is computed, looked at, and decided anew. */
import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { operator } from '@gep/access';
import { draftOfSent, SettlementService, type SettlementView } from '@gep/settlement';
import { getTerritory } from '@gep/territory';
import { placeNames } from '../deed/naming.service';
import { tellDeed } from '../deed/told-deed.service';
import { fundOf } from '../fund/chosen-fund.service';
import { byPerson } from '../fund/person.command';
import { withDatabase } from '../machine/opened-database.service';
import { deedAs, type DeedOptions } from '../machine/person-deed.service';
import { codeOfPath } from '../rendering/deed/naming';
import { renderSettlements, renderSettlement, renderVerdicts } from '../rendering/settlement/render-settlement';
import { renderSettlementExplanation } from '../rendering/settlement/render-settlement-explanation';
import { withExamples } from '../terminal/arguments.command';
import type { Terminal } from '../terminal/terminal.service';
import { addImpactCommands } from './impact.command';
import { addSettlementActs } from './settlement-act.command';
import { readSettlementFile } from './settlement-file.loader';
import { toolsOf } from './settlement-tools.service';
import { addShadowCommands } from './shadow.command';
import { today } from '../machine/today.service';

const asPerson = '--as province-finance --password-stdin < password-file';

export function addSettlementCommands(program: Command, open: () => Terminal): void {
  const settlement = program
    .command('settlement')
    .description('settlements: from figures by a rule to money, by persons apart · 结算：由数字按规则到资金，分人办理');
  addCompute(settlement, open);
  addList(settlement, open);
  addShow(settlement, open);
  addExplain(settlement, open);
  addVerify(settlement, open);
  addSettlementActs(settlement, open);
  addImpactCommands(settlement, open);
  addShadowCommands(settlement, open);
}

function addCompute(settlement: Command, open: () => Terminal): void {
  const compute = byPerson(
    settlement
      .command('compute <file>')
      .description(
        'compute what each party is due: a draft in YAML or JSON, and its table or published accounts · 算出各方应得：草案（YAML 或 JSON）及其表格或已公布的核算',
      )
      .option('--input <table>', 'table of the figures, CSV or XLSX · 数字的表格'),
  ).action(async (file: string, options: DeedOptions & { readonly input?: string }) => {
    const terminal = open();
    const sent = await readSettlementFile(file, options.input);
    await deedAs(options, 'settlement.prepare', async (deed) => {
      const territoryPath = await deed.pathOf(sent.territory);
      const { id: fundId } = await fundOf(deed, sent.fund);
      const service = new SettlementService(deed.database, toolsOf(deed.database));
      const draft = draftOfSent(sent, { territoryPath, fundId });
      await tellDeed(terminal, deed, { kind: 'settlement', act: 'compute' }, () =>
        service.compute(deed.actor, draft, randomUUID()),
      );
    });
  });
  withExamples(
    compute,
    `gep settlement compute watershed-2025.yaml --input scores.csv ${asPerson}`,
    '# The draft names code, territory, mechanism, kind, agreement, period, fund (territory/code), purpose, parties and trueUp · 草案写明代码、地域、机制、种类、协议、核算期、资金、用途、当事方与更正条款',
  );
}

interface ListOptions {
  readonly agreement?: string;
  readonly period?: string;
}

const mostListed = 500;

function addList(settlement: Command, open: () => Terminal): void {
  const list = settlement
    .command('list [territory]')
    .description('settlements, the newest first · 结算，新的在前')
    .option('--agreement <code>', 'of this agreement · 该协议的')
    .option('--period <period>', 'of this period · 该核算期的')
    .action(async (territory: string | undefined, { agreement, period }: ListOptions) => {
      const terminal = open();
      const { found, places } = await withDatabase(async ({ database }) => {
        const service = new SettlementService(database, toolsOf(database));
        const within =
          territory &&
          (await database.snapshot(operator, async (tx) => (await getTerritory(tx, territory, today())).path));
        const heads = await service.list(operator, { agreement, period, within, limit: mostListed });
        const states: SettlementView['state'][] = [];
        for (const { id } of heads) states.push((await service.view(operator, id)).state);
        const rows = heads.map(({ decision: _decision, ...head }, at) => ({ ...head, state: states[at] }));
        const codes = rows.map(({ territoryPath }) => codeOfPath(territoryPath));
        return { found: rows, places: await database.snapshot(operator, (tx) => placeNames(tx, codes)) };
      });
      terminal.result(found, () => renderSettlements(found, places, terminal.options.language));
    });
  withExamples(list, 'gep settlement list', 'gep settlement list 350000 --agreement watershed --json');
}

function addShow(settlement: Command, open: () => Terminal): void {
  const show = settlement
    .command('show <settlement>')
    .description('one settlement as it stands: steps, parties, money · 一项结算的现状：步骤、各方与资金')
    .action(async (id: string) => {
      const terminal = open();
      const { view, places } = await withDatabase(async ({ database }) => {
        const shown = await new SettlementService(database, toolsOf(database)).view(operator, id);
        const codes = [...shown.parts.map(({ party }) => party), ...shown.payments.map(({ payee }) => payee)];
        return { view: shown, places: await database.snapshot(operator, (tx) => placeNames(tx, codes)) };
      });
      terminal.result(view, () => renderSettlement(view, places, terminal.options.language));
    });
  withExamples(show, 'gep settlement show 0b6d0d7e-8f0c-4f0e-8c55-0b7a3f6e2d10');
}

function addExplain(settlement: Command, open: () => Terminal): void {
  const explain = settlement
    .command('explain <settlement>')
    .description(
      'where an amount comes from: values, parameters, sources, accounts · 金额从何而来：数值、参数、来源与核算',
    )
    .option('--unit <unit>', 'of this unit · 该单位的')
    .option('--party <party>', 'of this party · 该对方的')
    .action(async (id: string, of: { readonly unit?: string; readonly party?: string }) => {
      const terminal = open();
      const told = await withDatabase(({ database }) =>
        new SettlementService(database, toolsOf(database)).explain(operator, id, of),
      );
      terminal.result(told, () => renderSettlementExplanation(told, terminal.options.language));
    });
  withExamples(explain, 'gep settlement explain 0b6d0d7e-8f0c-4f0e-8c55-0b7a3f6e2d10 --unit 350102');
}

function addVerify(settlement: Command, open: () => Terminal): void {
  const verify = settlement
    .command('verify [settlement]')
    .description(
      'decide anew from the snapshot and compare to the bit; all of them when none is named · 由快照重新决定并逐位比较；不指明则全部',
    )
    .action(async (id: string | undefined) => {
      const terminal = open();
      const verdicts = await withDatabase(async ({ database }) => {
        const service = new SettlementService(database, toolsOf(database));
        return id === undefined ? service.verifyAll(operator) : [await service.verify(operator, id)];
      });
      terminal.result(verdicts, () => renderVerdicts(verdicts, terminal.options.language));
      if (verdicts.some(({ holds }) => !holds)) process.exitCode = 1;
    });
  withExamples(verify, 'gep settlement verify', 'gep settlement verify 0b6d0d7e-8f0c-4f0e-8c55-0b7a3f6e2d10 --json');
}
