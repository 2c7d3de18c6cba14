/** `gep condition`: indicators and indices of ecosystem condition, of a document. */
import type { Command } from 'commander';
import { computeCondition, plain, readCondition } from '@gep/accounting';
import { readDocument } from '../machine/input-document.loader';
import { renderCondition } from '../rendering/condition/render-condition';
import { withExamples } from '../terminal/arguments.command';
import type { Terminal } from '../terminal/terminal.service';

export function addConditionCommand(program: Command, open: () => Terminal): void {
  const command = program
    .command('condition <document>')
    .description('condition account: variables, indicators, indices · 生态系统状况账户')
    .action(async (file: string) => {
      const terminal = open();
      const input = readCondition(await readDocument(file));
      const account = computeCondition(input);
      terminal.result(plain(account), () => renderCondition(account, input, terminal.options.language));
    });
  withExamples(
    command,
    'gep condition libs/accounting/samples/condition.yaml',
    'gep condition my-condition.json --json',
  );
}
