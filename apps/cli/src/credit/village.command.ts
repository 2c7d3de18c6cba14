/** `gep credit village|rescore`: the sheet of a village's month, and everybody of a territory scored anew. */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { type Command, InvalidArgumentError } from 'commander';
import { parseSheet } from '@gep/credit';
import { codesOfPath } from '@gep/territory';
import { byPerson } from '../fund/person.command';
import type { DeedOptions } from '../machine/person-deed.service';
import { renderRescores, renderSheet, renderSheets } from '../rendering/credit/render-points';
import { withExamples } from '../terminal/arguments.command';
import type { Terminal } from '../terminal/terminal.service';
import { creditDeed, tellCredit } from './credit-services.service';

const sheetId = '5f0c7d0e-6f0b-4d5a-9f59-0a3f6f6c2c11';
const by = (login: string): string => `--as ${login} --password-stdin < password-file`;
const most = 100;

export function addVillageCommands(credit: Command, open: () => Terminal): void {
  const village = credit
    .command('village')
    .description(
      'monthly sheets of village teams: hand in, show, check, list · 村巡查小组逐月评分表：上报、查看、核对',
    );
  addHand(village, open);
  const show = byPerson(
    village
      .command('show <sheet>')
      .description('rows of a sheet with their evidence and where they stand · 评分表各行、证据与状态'),
  ).action(async (id: string, options: DeedOptions) => {
    const terminal = open();
    const found = await creditDeed(options, 'credit.read', ({ sheets }, { actor }) => sheets.read(actor, id));
    terminal.result(found, () => renderSheet(found, terminal.options.language));
  });
  withExamples(show, `gep credit village show ${sheetId} ${by('credit-checker')}`);
  const check = byPerson(
    village
      .command('check <sheet>')
      .description(
        'confirm what nobody has checked yet, by another person than handed it in · 由上报人以外的人核对整表',
      ),
  ).action(async (id: string, options: DeedOptions) => {
    const terminal = open();
    const done = await creditDeed(options, 'credit.check', ({ sheets }, { actor }) => sheets.check(actor, id));
    terminal.result(done, () =>
      [
        `accepted: ${done.accepted}  confirmed: ${done.confirmed}`,
        ...done.refused.map((one) => `${one.row}: ${one[terminal.options.language]}`),
      ].join('\n'),
    );
  });
  withExamples(check, `gep credit village check ${sheetId} ${by('credit-checker')}`);
  const list = byPerson(
    village
      .command('list [territory]')
      .description('sheets with what is left to check · 评分表及未核对数')
      .option('--month <month>', 'of this month, such as 2026-03 · 月份', monthText),
  ).action(async (territory: string | undefined, { month, ...options }: DeedOptions & { readonly month?: string }) => {
    const terminal = open();
    const found = await creditDeed(options, 'credit.read', async ({ sheets }, { actor, pathOf }) => {
      const within = territory === undefined ? undefined : await pathOf(territory);
      const rows = await sheets.list(actor, { within, month, page: { limit: most } });
      return rows.map(({ territoryPath, ...sheet }) => ({ ...sheet, territory: codesOfPath(territoryPath).at(-1)! }));
    });
    terminal.result(found, () => renderSheets(found, terminal.options.language));
  });
  withExamples(list, `gep credit village list 331125 --month 2026-03 ${by('credit-checker')}`);
  addRescore(credit, open);
}

function addHand(village: Command, open: () => Terminal): void {
  const hand = byPerson(
    village
      .command('hand <territory> <month> <file>')
      .description(
        'hand in a month as CSV or JSON (subject, behaviour, day, times, evidence, evidenceDigest): all of it or nothing · 上报一月评分表（CSV 或 JSON），整表记录或整表退回',
      ),
  ).action(async (territory: string, month: string, file: string, options: DeedOptions) => {
    monthText(month);
    const rows = parseSheet(await readFile(file, 'utf8'));
    await tellCredit(open(), options, 'credit.report', async ({ sheets }, { actor, pathOf }) =>
      sheets.hand(actor, { territoryPath: await pathOf(territory), month, rows }, randomUUID()),
    );
  });
  withExamples(hand, `gep credit village hand 331125 2026-03 march.csv ${by('village-team')}`);
}

function addRescore(credit: Command, open: () => Terminal): void {
  const rescore = byPerson(
    credit
      .command('rescore <territory>')
      .description(
        'score everybody anew; when this is cut off, a worker that is up goes on · 全体重新计分；中断时由工作进程接着做',
      ),
  ).action(async (territory: string, options: DeedOptions) => {
    const terminal = open();
    const run = await creditDeed(options, 'credit.manage', async ({ rescores }, { actor, pathOf }) => {
      const { result } = await rescores.request(actor, { territoryPath: await pathOf(territory) }, randomUUID());
      return rescores.run(result.id);
    });
    terminal.result(run, () => renderRescores([run], terminal.options.language));
  });
  withExamples(rescore, `gep credit rescore 331125 ${by('credit-officer')}`);
  const runs = byPerson(
    credit
      .command('rescores')
      .description('runs that scored everybody, and how far they are · 全体重新计分的各次及其进度'),
  ).action(async (options: DeedOptions) => {
    const terminal = open();
    const found = await creditDeed(options, 'credit.read', ({ rescores }, { actor }) => rescores.list(actor, most));
    terminal.result(found, () => renderRescores(found, terminal.options.language));
  });
  withExamples(runs, `gep credit rescores ${by('credit-officer')}`);
}

function monthText(text: string): string {
  if (/^\d{4}-(0[1-9]|1[0-2])$/.test(text)) return text;
  throw new InvalidArgumentError('write a month as 2026-03 · 月份写作 2026-03');
}
