/** What all deeds in money have in common at the terminal: a person who signs in, and an answer that may be an earlier one. */
import type { Command } from 'commander';
import { type Permission, rolesWith } from '@gep/access';
import type { Bilingual } from '@gep/kernel';
import { passwordOption } from '../machine/signed-in.service';
import { type MadeThing, renderMade } from '../rendering/deed/render-made';
import type { Terminal } from '../terminal/terminal.service';

/** Deeds in money bind persons. */
export const byPerson = (command: Command): Command =>
  command
    .requiredOption('--as <login>', 'who acts, with --password-stdin · 办理人，需 --password-stdin')
    .option(...passwordOption);

/** What is told of a thing that a verb made; who may go on with it is found by the permission that this takes. */
export interface Made extends Pick<MadeThing, 'what' | 'code' | 'done'> {
  readonly next: readonly { readonly verb: string; readonly name: Bilingual; readonly permission: Permission }[];
}

/** What a deed made, whether it had been made before, and what comes next. */
export function sayMade(
  terminal: Terminal,
  answer: { readonly id: string; readonly replayed?: boolean },
  { next, ...made }: Made,
): void {
  const { id, replayed = false } = answer;
  const following = next.map(({ permission, ...one }) => ({ ...one, roles: rolesWith(permission) }));
  const told = { ...made, id, replayed, next: following };
  terminal.result({ ...answer, code: made.code, replayed, next: following }, () =>
    renderMade(told, terminal.options.language),
  );
}
