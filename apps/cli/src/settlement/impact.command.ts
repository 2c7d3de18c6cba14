/** `gep settlement impact`, `true-up` and `recompute`: what a restatement touches, and what is done about it. */
import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { operator } from '@gep/access';
import { TrueUpService } from '@gep/settlement';
import { namingOf } from '../deed/naming.service';
import { tellDeed } from '../deed/told-deed.service';
import { byPerson } from '../fund/person.command';
import { withDatabase } from '../machine/opened-database.service';
import { deedAs, type DeedOptions } from '../machine/person-deed.service';
import { renderImpact, trueUpSaid } from '../rendering/settlement/render-impact';
import { withExamples } from '../terminal/arguments.command';
import type { Terminal } from '../terminal/terminal.service';
import { figureWords } from './named-figures.service';
import { toolsOf } from './settlement-tools.service';

const asPerson = '--as prefecture-finance --password-stdin < password-file';

export function addImpactCommands(settlement: Command, open: () => Terminal): void {
  addImpact(settlement, open);
  addTrueUp(settlement, open);
  addRecompute(settlement, open);
}

function addImpact(settlement: Command, open: () => Terminal): void {
  const impact = settlement
    .command('impact <disclosure-or-account>')
    .description(
      'what was decided, paid and shared out by a figure that was restated, and the differences · 重述影响：以原数字作出的决定、支付与分红及差额',
    )
    .action(async (id: string) => {
      const terminal = open();
      const { found, words, naming } = await withDatabase(async ({ database }) => {
        const impact = await new TrueUpService(database, toolsOf(database)).impactOf(operator, id);
        const { territory, settlements, others } = impact;
        const parties = settlements.flatMap(({ parts }) => parts.map(({ party }) => party));
        const subjects = others.flatMap(({ dependent, upstream }) => [dependent, ...(upstream ? [upstream] : [])]);
        return database.snapshot(operator, async (tx) => {
          const words = await figureWords(tx, others);
          const places = [...words.values()].flatMap(({ of }) => of.split('+'));
          const named = [territory, ...parties, ...places, ...others.map(({ figure }) => figure)];
          return { found: impact, words, naming: await namingOf(tx, subjects, named) };
        });
      });
      terminal.result(found, () => renderImpact(found, words, naming, terminal.options.language));
    });
  withExamples(
    impact,
    'gep settlement impact 3f0a1c52-6a0e-4c56-9a51-2f4f0a8a7c11',
    'gep settlement impact 3f0a1c52-6a0e-4c56-9a51-2f4f0a8a7c11 --json',
  );
}

function addTrueUp(settlement: Command, open: () => Terminal): void {
  const trueUp = byPerson(
    settlement
      .command('true-up <settlement>')
      .description(
        'draft the correction of a paid settlement again, after a hindrance or an objection has ended · 障碍或异议了结后，再次起草已付结算的更正',
      ),
  ).action(async (id: string, options: DeedOptions) => {
    const terminal = open();
    await deedAs(options, 'settlement.prepare', async (deed) => {
      const service = new TrueUpService(deed.database, toolsOf(deed.database));
      const record = await service.draftFor(deed.actor, id, randomUUID());
      const { correction, about, replayed } = record;
      // Where nothing is drafted, the settlement itself is told as it stands.
      const named = correction === null || replayed ? (correction ?? about) : undefined;
      const made = {
        ...(correction && { id: correction }),
        replayed,
        ...trueUpSaid(record, terminal.options.language),
      };
      await tellDeed(terminal, deed, { kind: 'settlement', act: 'true-up', named }, () => Promise.resolve(made));
    });
  });
  withExamples(trueUp, `gep settlement true-up 0b6d0d7e-8f0c-4f0e-8c55-0b7a3f6e2d10 ${asPerson}`);
}

function addRecompute(settlement: Command, open: () => Terminal): void {
  const recompute = byPerson(
    settlement
      .command('recompute <settlement>')
      .description(
        'withdraw an unpaid settlement whose figures were restated and compute its next version · 撤回数字已重述的未付结算，并按新数字核算下一版',
      ),
  ).action(async (id: string, options: DeedOptions) => {
    const terminal = open();
    await deedAs(options, 'settlement.prepare', ({ database, actor }) =>
      tellDeed(terminal, { database, actor }, { kind: 'settlement', act: 'recompute' }, async () => {
        const { code: _, ...made } = await new TrueUpService(database, toolsOf(database)).recompute(
          actor,
          id,
          randomUUID(),
        );
        return made;
      }),
    );
  });
  withExamples(recompute, `gep settlement recompute 0b6d0d7e-8f0c-4f0e-8c55-0b7a3f6e2d10 ${asPerson}`);
}
