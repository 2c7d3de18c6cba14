/** `gep settlement shadow` and `promote`: a year on trial, looked at beside the year before, and made real as the same plan. */
import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { operator } from '@gep/access';
import type { Actor, Database } from '@gep/platform';
import { draftOfSent, ShadowService, type SettlementDraft, type ShownShadow } from '@gep/settlement';
import { getTerritory } from '@gep/territory';
import { placeNames } from '../deed/naming.service';
import { doneDeed } from '../deed/told-deed.service';
import { fundOf } from '../fund/chosen-fund.service';
import { byPerson } from '../fund/person.command';
import { withDatabase } from '../machine/opened-database.service';
import { deedAs, type DeedOptions } from '../machine/person-deed.service';
import type { PlaceNames } from '../rendering/deed/naming';
import { renderDeed, type ToldDeed } from '../rendering/deed/render-deed';
import { renderShadow, renderShadows } from '../rendering/settlement/render-shadow';
import { withExamples } from '../terminal/arguments.command';
import type { Terminal } from '../terminal/terminal.service';
import { readSettlementFile } from './settlement-file.loader';
import { toolsOf } from './settlement-tools.service';
import { today } from '../machine/today.service';

const asPerson = '--as province-finance --password-stdin < password-file';
const mostListed = 200;

export function addShadowCommands(settlement: Command, open: () => Terminal): void {
  const shadow = settlement
    .command('shadow')
    .description('a year settled on trial: nothing is posted and nothing is held · 试算一年的结算：不过账、不预留');
  addRun(shadow, open);
  addList(shadow, open);
  addShow(shadow, open);
  addPromote(settlement, open);
}

function addRun(shadow: Command, open: () => Terminal): void {
  const run = byPerson(
    shadow
      .command('run <name> <draft...>')
      .description(
        'settle these drafts (draft.yaml, or draft.yaml=table.csv) one after the other on a fork of the data; funds are taken down in this order · 在数据的副本上依次试算各草案（草案.yaml，或 草案.yaml=表格.csv），资金按此次序虚扣',
      ),
  ).action(async (name: string, files: string[], options: DeedOptions) => {
    const terminal = open();
    const sent = await Promise.all(
      files.map((named) => {
        const [file, table] = named.split('=', 2);
        return readSettlementFile(file, table);
      }),
    );
    const made = await deedAs(options, 'settlement.prepare', async (deed) => {
      const drafts: SettlementDraft[] = [];
      for (const one of sent) {
        const territoryPath = await deed.pathOf(one.territory);
        drafts.push(draftOfSent(one, { territoryPath, fundId: (await fundOf(deed, one.fund)).id }));
      }
      const service = new ShadowService(deed.database, toolsOf(deed.database));
      const { id } = await service.run(deed.actor, { name, drafts }, randomUUID());
      const shown = await service.show(deed.actor, id);
      return { shown, places: await placesOf(deed.database, deed.actor, shown) };
    });
    terminal.result(made.shown, () => renderShadow(made.shown, made.places, terminal.options.language));
  });
  withExamples(run, `gep settlement shadow run '2025 on trial' watershed.yaml=scores.csv lakes.yaml ${asPerson}`);
}

function addList(shadow: Command, open: () => Terminal): void {
  const list = shadow
    .command('list [territory]')
    .description('shadow settlements, the newest first · 试算结算，新的在前')
    .action(async (territory: string | undefined) => {
      const terminal = open();
      const found = await withDatabase(async ({ database }) => {
        const within =
          territory && (await database.snapshot(operator, (tx) => getTerritory(tx, territory, today()))).path;
        return new ShadowService(database, toolsOf(database)).list(operator, { within, limit: mostListed });
      });
      terminal.result(found, () => renderShadows(found, terminal.options.language));
    });
  withExamples(list, 'gep settlement shadow list', 'gep settlement shadow list 990000 --json');
}

function addShow(shadow: Command, open: () => Terminal): void {
  const show = shadow
    .command('show <shadow>')
    .description('what each party would get, beside the year before · 各方将得多少，与上年对照')
    .action(async (id: string) => {
      const terminal = open();
      const { shown, places } = await withDatabase(async ({ database }) => {
        const found = await new ShadowService(database, toolsOf(database)).show(operator, id);
        return { shown: found, places: await placesOf(database, operator, found) };
      });
      terminal.result(shown, () => renderShadow(shown, places, terminal.options.language));
    });
  withExamples(show, 'gep settlement shadow show 0b6d0d7e-8f0c-4f0e-8c55-0b7a3f6e2d10');
}

/** Names of all parties. */
const placesOf = (database: Database, actor: Actor, { entries }: ShownShadow): Promise<PlaceNames> =>
  database.snapshot(actor, (tx) =>
    placeNames(
      tx,
      entries.flatMap(({ parts }) => parts.map(({ party }) => party)),
    ),
  );

function addPromote(settlement: Command, open: () => Terminal): void {
  const promote = byPerson(
    settlement
      .command('promote <shadow>')
      .description(
        'make a shadow real as the same plan; refused with a list when data, rule or money changed · 按同一方案转为正式结算；数据、规则或资金有变则拒绝并列出',
      ),
  ).action(async (id: string, options: DeedOptions) => {
    const terminal = open();
    const made = await deedAs(options, 'settlement.prepare', async (deed) => {
      const service = new ShadowService(deed.database, toolsOf(deed.database));
      const { settlements } = await service.promote(deed.actor, id, randomUUID());
      const deeds: ToldDeed[] = [];
      for (const settlement of settlements)
        deeds.push(
          await doneDeed(deed, { kind: 'settlement', act: 'promote' }, () => Promise.resolve({ id: settlement })),
        );
      return { settlements, deeds };
    });
    const { language } = terminal.options;
    terminal.result(made, () => made.deeds.map((told) => renderDeed(told, language)).join('\n\n'));
  });
  withExamples(promote, `gep settlement promote 0b6d0d7e-8f0c-4f0e-8c55-0b7a3f6e2d10 ${asPerson}`);
}
