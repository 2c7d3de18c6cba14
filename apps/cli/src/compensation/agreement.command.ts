/** `gep agreement`: draft, sign, put in force, amend, end and read agreements of compensation. */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { listAgreements } from '@gep/compensation';
import { getTerritory } from '@gep/territory';
import { ObservationsUnreadable } from '../errors';
import { byPerson } from '../fund/person.command';
import type { DeedOptions } from '../machine/person-deed.service';
import { renderAgreement, renderAgreements, renderPassedOn } from '../rendering/compensation/render-agreement';
import { calendarDay, withExamples } from '../terminal/arguments.command';
import { fileFailure } from '../terminal/failure';
import type { Terminal } from '../terminal/terminal.service';
import { readingAgreements, tell } from './agreement-services.service';
import { addBreachCommands } from './breach.command';
import { addCycleCommands } from './cycle.command';
import { today } from '../machine/today.service';

const asPerson = '--as province-finance --password-stdin < password-file';
const mostListed = 500;
const kind = 'agreement';

export function addAgreementCommands(program: Command, open: () => Terminal): void {
  const agreement = program
    .command('agreement')
    .description('agreements of compensation, and their periods from advance to evaluation · 补偿协议及其各时期');
  addDraft(agreement, open);
  addSign(agreement, open);
  addLife(agreement, open);
  addReading(agreement, open);
  addCycleCommands(agreement, open);
  addBreachCommands(agreement, open);
}

function addDraft(agreement: Command, open: () => Terminal): void {
  const draft = byPerson(
    agreement
      .command('draft <file>')
      .description(
        'draft an agreement from a YAML or JSON file; its form is in libs/compensation/README.md · 由文件起草协议',
      ),
  ).action(async (file: string, options: DeedOptions) => {
    const document = await textOf(file);
    await tell(open(), options, { kind, act: 'draft' }, ({ agreements }, actor) =>
      agreements.draft(actor, document, randomUUID()),
    );
  });
  withExamples(draft, `gep agreement draft river.yaml ${asPerson}`);
  const amend = byPerson(
    agreement
      .command('amend <agreement> <file>')
      .description('draft the next edition, which takes its place when in force · 起草新版，生效后取代旧版'),
  ).action(async (id: string, file: string, options: DeedOptions) => {
    const document = await textOf(file);
    await tell(open(), options, { kind, act: 'draft' }, ({ agreements }, actor) =>
      agreements.amend(actor, id, document, randomUUID()),
    );
  });
  withExamples(amend, `gep agreement amend river-2025 river-2026.yaml ${asPerson}`);
}

interface SignOptions extends DeedOptions {
  readonly by: string;
  readonly on: string;
  readonly digest?: string;
}

function addSign(agreement: Command, open: () => Terminal): void {
  const sign = byPerson(
    agreement
      .command('sign <agreement> <party>')
      .description('record that a party has signed · 登记一方的签署')
      .requiredOption('--by <name>', 'who signed for it · 签署人')
      .requiredOption('--on <day>', 'day of the signature · 签署日', calendarDay)
      .option('--digest <sha256>', 'of the signed paper · 签署文件的摘要'),
  ).action(async (id: string, party: string, { by, on, digest, ...options }: SignOptions) => {
    const wish = { agreement: id, party, signatory: by, signedOn: on, documentDigest: digest ?? null };
    await tell(open(), options, { kind, act: 'sign', named: id }, ({ agreements }, actor) =>
      agreements.sign(actor, wish, randomUUID()),
    );
  });
  withExamples(sign, `gep agreement sign river-2025 county-a --by '县长 mayor' --on 2025-01-02 ${asPerson}`);
}

function addLife(agreement: Command, open: () => Terminal): void {
  const enter = byPerson(
    agreement
      .command('enter <agreement>')
      .description(
        'put a signed agreement in force, by another person than drafted it · 使已签署的协议生效（非起草人）',
      ),
  ).action((id: string, options: DeedOptions) =>
    tell(open(), options, { kind, act: 'enter', named: id }, ({ agreements }, actor) =>
      agreements.enter(actor, id, randomUUID()),
    ),
  );
  withExamples(enter, 'gep agreement enter river-2025 --as province-approver --password-stdin < password-file');
  const expire = byPerson(
    agreement.command('expire <agreement>').description('end it when its term is over · 期满'),
  ).action((id: string, options: DeedOptions) =>
    tell(open(), options, { kind, act: 'expire', named: id }, ({ agreements }, actor) =>
      agreements.end(actor, { agreement: id, act: 'expire' }, randomUUID()),
    ),
  );
  withExamples(expire, `gep agreement expire river-2025 ${asPerson}`);
  const terminate = byPerson(
    agreement
      .command('terminate <agreement>')
      .description('end it before its term is over · 提前终止')
      .requiredOption('--reason <text>', 'why · 理由'),
  ).action((id: string, { reason, ...options }: DeedOptions & { readonly reason: string }) =>
    tell(open(), options, { kind, act: 'terminate', named: id }, ({ agreements }, actor) =>
      agreements.end(actor, { agreement: id, act: 'terminate', reason }, randomUUID()),
    ),
  );
  withExamples(terminate, `gep agreement terminate river-2025 --reason "merged into another" ${asPerson}`);
}

function addReading(agreement: Command, open: () => Terminal): void {
  const show = agreement
    .command('show <agreement>')
    .description('terms, signatures, state, periods and their settlements · 条款、签署、状态、各时期与结算')
    .action(async (id: string) => {
      const terminal = open();
      const { view, cycles } = await readingAgreements(async ({ agreements, cycles: service }, actor) => ({
        view: await agreements.show(actor, id),
        cycles: await service.list(actor, id),
      }));
      terminal.result({ ...view, periods: cycles }, () => renderAgreement(view, cycles, terminal.options.language));
    });
  withExamples(show, 'gep agreement show river-2025', 'gep agreement show river-2025 --json');
  const list = agreement
    .command('list [territory]')
    .description('agreements at and below a territory · 该地域及其下级的协议')
    .action(async (territory: string | undefined) => {
      const terminal = open();
      const found = await readingAgreements((_, actor, database) =>
        database.snapshot(actor, async (tx) => {
          const within = territory && (await getTerritory(tx, territory, today())).path;
          return listAgreements(tx, { within, limit: mostListed });
        }),
      );
      terminal.result(found, () => renderAgreements(found, terminal.options.language));
    });
  withExamples(list, 'gep agreement list', 'gep agreement list 990000 --json');
  const passedOn = agreement
    .command('passed-on [agreement]')
    .description('what was received and has to be passed on to units, and until when · 收到而应拨付到单位的资金及期限')
    .action(async (id: string | undefined) => {
      const terminal = open();
      const found = await readingAgreements(({ cycles }, actor) => cycles.passedOn(actor, id));
      terminal.result(found, () => renderPassedOn(found, terminal.options.language));
    });
  withExamples(passedOn, 'gep agreement passed-on', 'gep agreement passed-on river-2025 --json');
}

/** @throws ObservationsUnreadable */
async function textOf(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: unknown) => {
    throw new ObservationsUnreadable(file, fileFailure(error));
  });
}
