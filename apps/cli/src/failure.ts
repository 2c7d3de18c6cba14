/** What a failed command says and with which exit code it ends. */
import { DomainError, type Bilingual } from '@gep/kernel';
import type { Language } from './language';

/** 0 done; 1 refused, mend the input; 2 the command was typed wrongly; 70 a defect of the program. */
export const exitCodes = { done: 0, refused: 1, usage: 2, defect: 70 } as const;

/** A refusal in the shape that `--json` writes to stderr. */
export interface FailureReport {
  readonly code: string;
  readonly kind: string;
  readonly text: Bilingual;
  readonly facts: Readonly<Record<string, unknown>>;
}

export function exitCodeOf(error: unknown): number {
  return error instanceof DomainError ? exitCodes.refused : exitCodes.defect;
}

export function reportOf(error: unknown): FailureReport {
  if (error instanceof DomainError) return { code: error.code, kind: error.kind, text: error.text, facts: error.facts };
  const message = error instanceof Error ? error.message : String(error);
  const text = { zh: `程序缺陷：${message}`, en: `defect of the program: ${message}` };
  return { code: 'cli.defect', kind: 'defect', text, facts: {} };
}

/** One refusal for a person: the sentence in the language of the terminal, with its code. */
export function renderFailure(error: unknown, language: Language): string {
  const { code, text } = reportOf(error);
  return `gep: ${text[language]} [${code}]`;
}
