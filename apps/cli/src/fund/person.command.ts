/** What all deeds in money have in common at the terminal: a person who signs in, and an answer that may be an earlier one. */
import type { Command } from 'commander';
import type { LedgerAnswer } from '@gep/ledger';
import { passwordOption } from '../machine/signed-in.service';
import type { Terminal } from '../terminal/terminal.service';

/** Deeds in money bind persons. */
export const byPerson = (command: Command): Command =>
  command
    .requiredOption('--as <login>', 'who acts, with --password-stdin · 办理人，需 --password-stdin')
    .option(...passwordOption);

/** What a deed made, and whether it had been made before. */
export function sayMade(terminal: Terminal, answer: LedgerAnswer): void {
  terminal.result(answer, () =>
    terminal.say(
      answer.replayed
        ? { zh: `${answer.id}（此前已经办理，未作改变）`, en: `${answer.id} (done before; nothing was changed)` }
        : { zh: answer.id, en: answer.id },
    ),
  );
}
