/** What is refused of an input document of the SEEA accounts: the place in it and what belongs there. */
import { DomainError, type Bilingual } from '@gep/kernel';

/** Something of the document is missing, unknown, or not written as it must be. */
export class InputUnreadable extends DomainError {
  readonly code = 'accounting.input-unreadable';
  readonly kind = 'invalid';
  constructor(file: string, place: string, wanted: Bilingual) {
    super(
      {
        zh: `${file}：${place || '开头'}：${wanted.zh}；格式见 docs/seea-accounts.md`,
        en: `${file}: ${place || 'top'}: ${wanted.en}; the format is in docs/seea-accounts.md`,
      },
      { file, place },
    );
  }
}
