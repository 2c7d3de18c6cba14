/** What a failed command says and with which exit code it ends. */
import { withRoles } from '@gep/access';
import { DomainError, type Bilingual } from '@gep/kernel';
import { partAmounts } from '../rendering/figures';
import type { Language } from './language';
import { complaintOf } from './usage-words';

/** 0 done; 1 refused, mend the input; 2 the command was typed wrongly; 70 a defect of the program. */
export const exitCodes = { done: 0, refused: 1, usage: 2, defect: 70 } as const;

/** A refusal in the shape that `--json` writes to stderr. */
export interface FailureReport {
  readonly code: string;
  readonly kind: string;
  readonly text: Bilingual;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** Losses that are nobody's mistake, by the name of the error: the same command may be given again. */
const passing: Readonly<Record<string, { code: string; zh: string; en: string }>> = {
  DatabaseUnavailable: {
    code: 'cli.database-lost',
    zh: '与数据库的连接中断，请查看服务器后重新执行本命令（不会重复生效）',
    en: 'the connection to the database was lost; look after the server and give the command again, it does nothing twice',
  },
};

/** What the shell may be told of by the system, in words; the rest is a defect. */
const fileFailures: Readonly<Record<string, Bilingual>> = {
  ENOENT: { zh: '文件或目录不存在', en: 'there is no such file or folder' },
  EACCES: { zh: '没有权限', en: 'permission denied' },
  EISDIR: { zh: '这是目录，不是文件', en: 'it is a folder, not a file' },
  ENOTDIR: { zh: '路径中有一段不是目录', en: 'a part of the path is not a folder' },
  ENOSPC: { zh: '磁盘已满', en: 'the disk is full' },
  EROFS: { zh: '文件系统只读', en: 'the file system is read-only' },
};

/** Why a file cannot be used, in words. */
export function fileFailure(error: unknown): Bilingual {
  const { code = '', message } = error as NodeJS.ErrnoException;
  return Object.hasOwn(fileFailures, code) ? fileFailures[code] : { zh: message, en: message };
}

export function exitCodeOf(error: unknown): number {
  return reportOf(error).kind === 'defect' ? exitCodes.defect : exitCodes.refused;
}

/** Wrong usage as a report; `message` and `code` are those of commander. */
export function misuseOf({ message, code }: { message: string; code: string }): FailureReport {
  const { zh, en } = complaintOf(message);
  const facts = { reason: code.replace(/^commander\./, '') };
  const advice = { zh: '用 --help 查看用法', en: '--help shows how it is used' };
  return {
    ...{ code: 'cli.usage', kind: 'usage', facts },
    text: { zh: `${zh}（${advice.zh}）`, en: `${en} (${advice.en})` },
  };
}

export function reportOf(error: unknown): FailureReport {
  if (error instanceof DomainError)
    return { code: error.code, kind: error.kind, text: withRoles(error), facts: error.facts };
  const { name, message, code = '', path } = (error ?? {}) as NodeJS.ErrnoException;
  if (name && Object.hasOwn(passing, name)) {
    const { code: reason, zh, en } = passing[name];
    return { code: reason, kind: 'conflict', text: { zh, en }, facts: { reason: message } };
  }
  if (path && Object.hasOwn(fileFailures, code)) {
    const why = fileFailure(error);
    const text = { zh: `无法使用 ${path}：${why.zh}`, en: `cannot use ${path}: ${why.en}` };
    return { code: 'cli.file-failure', kind: 'invalid', text, facts: { path, reason: code } };
  }
  const said = error instanceof Error ? message : String(error);
  const text = { zh: `程序缺陷：${said}`, en: `defect of the program: ${said}` };
  return { code: 'cli.defect', kind: 'defect', text, facts: {} };
}

/** One refusal for a person: the sentence in the language of the terminal, with its code. */
export function renderFailure({ code, text }: FailureReport, language: Language): string {
  return `gep: ${partAmounts(text[language])} [${code}]`;
}
