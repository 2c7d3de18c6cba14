/** `gep policy propose|confirm|adopt|editions|in-force|withdraw-adoption`: rules in the database, put in force by persons. */
import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { requirePermission, rolesWith, type Permission, type Role } from '@gep/access';
import type { Bilingual } from '@gep/kernel';
import type { Actor } from '@gep/platform';
import {
  confirmationReasons,
  listAdoptions,
  listPoliciesInForce,
  listPolicyEditions,
  loadPolicy,
  PolicyService,
} from '@gep/rulebook';
import { getTerritory } from '@gep/territory';
import type { EntityManager } from 'typeorm';
import { reading, withDatabase } from '../machine/opened-database.service';
import { readSettings } from '../machine/settings.loader';
import { actingAs, passwordOf, passwordOption, type ActingOptions } from '../machine/signed-in.service';
import { renderAdoptions, renderEditions } from '../rendering/policy/render-adoptions';
import { calendarDay, moment, withExamples } from '../terminal/arguments.command';
import type { Terminal } from '../terminal/terminal.service';
import { sayNeeds } from './needs-confirmer';
import { today } from '../machine/today.service';

interface DeedOptions extends ActingOptions {
  readonly as: string;
}
interface AdoptOptions extends DeedOptions {
  readonly from: string;
  readonly to?: string;
  readonly slot?: string;
  readonly replaces?: string;
  readonly reason: string;
  readonly confirming?: string;
}

/** A verb to go on with, and who may; the proposer may do neither of both. */
interface NextVerb {
  readonly verb: string;
  readonly name: Bilingual;
  readonly roles: readonly Role[];
  readonly notBy: readonly string[];
}

function afterProposal(edition: string, unattested: boolean, proposer: string): NextVerb[] {
  const step = (verb: string, name: Bilingual, permission: Permission): NextVerb => ({
    ...{ verb, name, roles: rolesWith(permission), notBy: [proposer] },
  });
  const confirmed = step(
    `policy confirm ${edition} <territory> --reason TEXT`,
    { zh: '具名确认', en: 'answer for it by name' },
    'settlement.confirm',
  );
  const adopted = step(
    `policy adopt ${edition} <territory> --from DAY --reason TEXT`,
    { zh: '启用', en: 'put it in force' },
    'policy.approve',
  );
  return unattested ? [confirmed, adopted] : [adopted];
}

/** Nothing has to follow: it is in force from its day on, and may be ended. */
const afterAdoption = ({ id }: { readonly id: string }): NextVerb[] => [
  {
    verb: `policy withdraw-adoption ${id} --reason TEXT`,
    name: { zh: '无须再办；如需自以后某日起撤销', en: 'nothing has to follow; to end it from a day to come' },
    ...{ roles: rolesWith('policy.approve'), notBy: [] },
  },
];

const saidNext = (terminal: Terminal, { verb, name, roles, notBy }: NextVerb): string =>
  terminal.say({
    zh: `下一步: \`${verb}\` · ${name.zh} — ${roles.join('/')}${notBy.length > 0 ? `，不得是 ${notBy.join('、')}` : ''}`,
    en: `next: \`${verb}\` · ${name.en} — ${roles.join('/')}${notBy.length > 0 ? `, not ${notBy.join(', ')}` : ''}`,
  });

type PathOf = (territory: string) => Promise<string>;

const pathIn = async (tx: EntityManager, territory: string): Promise<string> =>
  (await getTerritory(tx, territory, today())).path;

/** Does a deed as the person who signs in, with what they are permitted. */
async function deed<T>(
  options: DeedOptions,
  permission: Permission,
  work: (service: PolicyService, actor: Actor, pathOf: PathOf) => Promise<{ readonly result: T }>,
): Promise<T> {
  const password = await passwordOf(options);
  return withDatabase(({ database }) =>
    actingAs(database, { login: options.as, password }, async (person) => {
      const actor = requirePermission(person, permission);
      const pathOf: PathOf = (territory) => database.snapshot(actor, (tx) => pathIn(tx, territory));
      return (await work(new PolicyService(database), actor, pathOf)).result;
    }),
  );
}

const byPerson = (command: Command): Command =>
  command
    .requiredOption('--as <login>', 'who acts, with --password-stdin · 办理人，需 --password-stdin')
    .option(...passwordOption);

export function addAdoptionCommands(policy: Command, open: () => Terminal): void {
  addPropose(policy, open);
  addConfirm(policy, open);
  addAdopt(policy, open);
  addWithdraw(policy, open);
  addEditions(policy, open);
  addInForce(policy, open);
}

function addPropose(policy: Command, open: () => Terminal): void {
  const propose = byPerson(
    policy
      .command('propose <id-or-file>')
      .description('keep a checked rule in the database, for somebody else to adopt · 提出规则，由他人启用'),
  ).action(async (idOrFile: string, options: DeedOptions) => {
    const terminal = open();
    const rule = await loadPolicy(idOrFile, readSettings().rulebookDir);
    const proposal = await deed(options, 'policy.propose', (service, actor) =>
      service.propose(actor, rule, randomUUID()),
    );
    const needsConfirmation = confirmationReasons(rule);
    const next = afterProposal(rule.edition, needsConfirmation.length > 0, proposal.proposed.name);
    terminal.result({ ...proposal, needsConfirmation, next }, () =>
      [
        terminal.say(
          proposal.changed
            ? { zh: `已提出 ${rule.id} @ ${rule.edition}`, en: `proposed ${rule.id} @ ${rule.edition}` }
            : {
                zh: `${rule.id} @ ${rule.edition} 此前已由 ${proposal.proposed.name} 提出`,
                en: `${rule.id} @ ${rule.edition} had been proposed by ${proposal.proposed.name}`,
              },
        ),
        ...sayNeeds((text) => terminal.say(text), rule),
        ...next.map((one) => saidNext(terminal, one)),
      ].join('\n'),
    );
  });
  withExamples(propose, 'gep policy propose ./my-rule.yaml --as fund-administrator --password-stdin < password-file');
}

function addConfirm(policy: Command, open: () => Terminal): void {
  const confirm = byPerson(
    policy
      .command('confirm <edition> <territory>')
      .description('answer by name for a rule that is not attested; not by its proposer · 对未经证实的规则具名负责')
      .requiredOption('--reason <text>', 'why it may be used: what was checked · 为何可以采用：核对了什么'),
  ).action(async (edition: string, territory: string, options: DeedOptions & { readonly reason: string }) => {
    const terminal = open();
    const confirmation = await deed(options, 'settlement.confirm', async (service, actor, pathOf) =>
      service.confirm(
        actor,
        { edition, territoryPath: await pathOf(territory), statement: options.reason },
        randomUUID(),
      ),
    );
    terminal.result(confirmation, () =>
      terminal.say({
        zh: `${confirmation.name} 已确认 ${edition}`,
        en: `${confirmation.name} has confirmed ${edition}`,
      }),
    );
  });
  withExamples(
    confirm,
    'gep policy confirm 5f2c… 420700 --reason "original text read" --as fund-checker --password-stdin < password-file',
  );
}

function addAdopt(policy: Command, open: () => Terminal): void {
  const adopt = byPerson(
    policy
      .command('adopt <edition> <territory>')
      .description('put a proposed edition in force from a day; not by its proposer · 自某日起启用；提出人除外')
      .requiredOption('--from <day>', 'from this day · 自此日', calendarDay)
      .requiredOption('--reason <text>', 'resolution or document · 决议或文件')
      .option('--to <day>', 'to this day; else as the rule says · 至此日；未给出时同规则', calendarDay)
      .option('--slot <agreement>', 'for this agreement alone · 只用于此协议')
      .option('--replaces <id>', 'another rule that gives way · 被取代的另一规则')
      .option('--confirming <text>', 'answer in person for what is not attested: why · 对未经证实之处具名负责的理由'),
  ).action(async (edition: string, territory: string, options: AdoptOptions) => {
    const terminal = open();
    const { from, to, slot, replaces, reason, confirming } = options;
    const made = await deed(options, 'policy.approve', async (service, actor, pathOf) => {
      const wish = { edition, territoryPath: await pathOf(territory), from, to, slot, replaces, reason, confirming };
      return service.adopt(actor, wish, randomUUID());
    });
    const { adoption, supersedes } = made;
    const next = afterAdoption(adoption);
    terminal.result({ ...made, next }, () =>
      [
        renderAdoptions([adoption], terminal.options.language),
        ...supersedes.map((one) =>
          terminal.say({
            zh: `自 ${from} 起取代 ${one.policyId} ${one.edition.slice(0, 12)}（${one.from} 起）`,
            en: `from ${from} it takes the place of ${one.policyId} ${one.edition.slice(0, 12)} (from ${one.from})`,
          }),
        ),
        ...next.map((one) => saidNext(terminal, one)),
      ].join('\n'),
    );
  });
  withExamples(
    adopt,
    'gep policy adopt 5f2c… 350000 --from 2024-01-01 --reason "resolution 12" --as fund-approver --password-stdin < password-file',
  );
}

function addWithdraw(policy: Command, open: () => Terminal): void {
  const withdraw = byPerson(
    policy
      .command('withdraw-adoption <id>')
      .description('end an adoption from a day to come · 自以后的一天起撤销启用')
      .requiredOption('--reason <text>', 'why · 理由')
      .option('--from <day>', 'no longer from this day; else tomorrow · 自此日起不再有效；未给出时为明天', calendarDay),
  ).action(async (id: string, options: DeedOptions & { readonly reason: string; readonly from?: string }) => {
    const terminal = open();
    const { reason, from } = options;
    const adoption = await deed(options, 'policy.approve', (service, actor) =>
      service.withdraw(actor, { adoptionId: id, reason, from }, randomUUID()),
    );
    terminal.result(adoption, () => renderAdoptions([adoption], terminal.options.language));
  });
  withExamples(
    withdraw,
    'gep policy withdraw-adoption 5f0c7d0e-6f0b-4d5a-9f59-0a3f6f6c2c11 --from 2027-01-01 --reason "agreement ended" --as fund-approver --password-stdin < password-file',
  );
}

function addEditions(policy: Command, open: () => Terminal): void {
  const editions = policy
    .command('editions [id]')
    .description('proposed editions, by whom, and where each was adopted · 提出的版本、提出人及启用情况')
    .action(async (policyId: string | undefined) => {
      const terminal = open();
      const found = await reading(async (tx) => ({
        editions: await listPolicyEditions(tx, { policyId }),
        adoptions: (await listAdoptions(tx)).filter((one) => policyId === undefined || one.policyId === policyId),
      }));
      const { language } = terminal.options;
      terminal.result(found, () =>
        [renderEditions(found.editions, language), renderAdoptions(found.adoptions, language)].join('\n\n'),
      );
    });
  withExamples(editions, 'gep policy editions', 'gep policy editions fujian-2024 --json');
}

function addInForce(policy: Command, open: () => Terminal): void {
  const inForce = policy
    .command('in-force <territory> <period>')
    .description('rules in force for a period, by its last day, those of territories above included · 一期启用中的规则')
    .option('--known <moment>', 'as it was known then · 按当时所知', moment)
    .action(async (territory: string, period: string, { known: knownAt }: { readonly known?: Date }) => {
      const terminal = open();
      const found = await reading(async (tx) =>
        listPoliciesInForce(tx, { territoryPath: await pathIn(tx, territory), period, knownAt }),
      );
      terminal.result(found, () => renderAdoptions(found, terminal.options.language));
    });
  withExamples(inForce, 'gep policy in-force 350100 2024', 'gep policy in-force 350100 2024 --known 2025-01-01 --json');
}
