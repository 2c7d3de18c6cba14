/** What can be wrong with the settings. */
import { DomainError, type Bilingual } from '@gep/kernel';

/** One setting and what is wrong with it. */
export interface ConfigProblem {
  readonly key: string;
  readonly text: Bilingual;
}

/** The program does not start: all problems of its settings, in the order of the keys. */
export class ConfigRefused extends DomainError {
  readonly code = 'platform.config-refused';
  readonly kind = 'invalid';
  constructor(readonly problems: readonly ConfigProblem[]) {
    super(
      {
        zh: `环境变量有 ${problems.length} 处问题，程序未启动：\n${problems.map(({ key, text }) => `  ${key}：${text.zh}`).join('\n')}`,
        en: `${problems.length} problem(s) in the environment variables; nothing was started:\n${problems.map(({ key, text }) => `  ${key} ${text.en}`).join('\n')}`,
      },
      { problems },
    );
  }
}
