/** `gep publication`: results that are to be published, publishing them or noting the legal exception, and what was published. */
import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import type { SignedInActor } from '@gep/access';
import { getPublication, listDuties, listPublications, PublicationService, wayToObject } from '@gep/procedure';
import { reading, withDatabase } from '../machine/opened-database.service';
import { actingAs, passwordOf, passwordOption, type ActingOptions } from '../machine/signed-in.service';
import { withExamples } from '../terminal/arguments.command';
import type { Terminal } from '../terminal/terminal.service';
import { namingOfPlaced, pathOf } from './procedure.command';
import { renderDuties, renderPublications } from './render-procedures';
import { today } from '../machine/today.service';

interface Acting extends ActingOptions {
  readonly as: string;
}
const mostListed = 200;

export function addPublicationCommands(program: Command, open: () => Terminal): void {
  const publication = program
    .command('publication')
    .description('results that are to be published, and those that were · 应公开与已公开的结果');
  addLists(publication, open);
  addDeeds(publication, open);
}

function addLists(publication: Command, open: () => Terminal): void {
  const list = publication
    .command('list')
    .description('duties to publish, the first due at the top · 应公开的事项，最先到期的在前')
    .option('--open', 'only those not dealt with · 只看未了结的')
    .option('--overdue', 'only those that are late today · 只看今天已逾期的')
    .option('--published', 'what was published instead, newest first · 改看已公开的，新的在前')
    .option('--within <territory>', 'this territory and all below it · 此地域及其下级')
    .action(async (options: { open?: true; overdue?: true; published?: true; within?: string }) => {
      const terminal = open();
      const { language } = terminal.options;
      const page = { limit: mostListed };
      if (options.published) {
        const { rows, naming } = await reading(async (tx) => {
          const found = await listPublications(tx, { within: await pathOf(tx, options.within), page });
          return { rows: found, naming: await namingOfPlaced(tx, found) };
        });
        return terminal.result(rows, () => renderPublications(rows, naming, language));
      }
      const { rows, naming } = await reading(async (tx) => {
        const found = await listDuties(tx, {
          ...{ within: await pathOf(tx, options.within), page },
          ...(options.open && { open: true }),
          ...(options.overdue && { overdueOn: today() }),
        });
        return { rows: found, naming: await namingOfPlaced(tx, found) };
      });
      return terminal.result(rows, () => renderDuties(rows, today(), naming, language));
    });
  withExamples(list, 'gep publication list --overdue', 'gep publication list --published --within 990000 --json');
  const show = publication
    .command('show <id>')
    .description('the document as it was published, and how to object · 已公开的文本，以及怎样提出异议')
    .action(async (id: string) => {
      const terminal = open();
      const found = await reading((tx) => getPublication(tx, id));
      const { document, subject, publishedOn } = found;
      const shown = { ...found, document: JSON.parse(document) as object };
      const published = terminal.say({ zh: `${publishedOn} 公开`, en: `published on ${publishedOn}` });
      terminal.result(shown, () =>
        [published, JSON.stringify(shown.document, null, 2), terminal.say(wayToObject(subject))].join('\n'),
      );
    });
  withExamples(show, 'gep publication show 5f0c7d0e-6f0b-4d5a-9f59-0a3f6f6c2c11');
}

function addDeeds(publication: Command, open: () => Terminal): void {
  const signed = (command: Command) =>
    command
      .requiredOption('--as <login>', 'who acts, with --password-stdin · 办理人，需 --password-stdin')
      .option(...passwordOption);
  const deed = async (
    options: Acting,
    work: (service: PublicationService, actor: SignedInActor) => ReturnType<PublicationService['publish']>,
  ) => {
    const terminal = open();
    const password = await passwordOf(options);
    const answer = await withDatabase(({ database }) =>
      actingAs(database, { login: options.as, password }, (actor) => work(new PublicationService(database), actor)),
    );
    const { id, publishedOn } = answer;
    terminal.result(answer, () =>
      publishedOn === null
        ? terminal.say({ zh: `${id} 已记为法定例外`, en: `${id} is noted as excepted by law` })
        : terminal.say({ zh: `${id} 已于 ${publishedOn} 公开`, en: `${id} was published on ${publishedOn}` }),
    );
  };
  const publish = signed(
    publication.command('publish <id>').description('publish what is owed, for all to read · 公开应公开的内容'),
  ).action((id: string, options: Acting) =>
    deed(options, (service, actor) => service.publish(actor, id, randomUUID())),
  );
  const password = '--password-stdin < password-file';
  const id = '5f0c7d0e-6f0b-4d5a-9f59-0a3f6f6c2c11';
  withExamples(publish, `gep publication publish ${id} --as province-administrator ${password}`);
  const except = signed(
    publication
      .command('except <id>')
      .description('it is not published: by which law, and why · 依法不公开：写明依据与理由')
      .requiredOption('--law <text>', 'the law that excepts it · 法律依据')
      .requiredOption('--reason <text>', 'why · 理由'),
  ).action((dutyId: string, options: Acting & { law: string; reason: string }) =>
    deed(options, (service, actor) =>
      service.except(actor, { dutyId, law: options.law, reason: options.reason }, randomUUID()),
    ),
  );
  withExamples(
    except,
    `gep publication except ${id} --law '政府信息公开条例第十四条' --reason '国家秘密' --as province-administrator ${password}`,
  );
}
