/** What of each step of a contract has to be said, in the help of `gep contract act`. */
import { factsOfActs } from '@gep/procurement';
import type { Command } from 'commander';
import { withFooter } from '../terminal/usage.command';

export function withFactsOfSteps(command: Command): void {
  withFooter(command, (said) =>
    [
      said('Facts of each step (a step that is not here needs none): · 各步所需事实（未列的步骤不需要）：'),
      ...factsOfActs.flatMap(({ act, facts }) => [
        `  ${act}`,
        ...facts.map(({ name, what }) => {
          const given = name === 'document' ? '--paper <file>' : `--fact ${name}=…`;
          return `    ${given.padEnd(22)} ${said(`${what.en} · ${what.zh}`)}`;
        }),
      ]),
    ].join('\n'),
  );
}
