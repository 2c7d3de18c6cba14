/** What the checks of integrity refuse, and how to mend it. */
import { type Bilingual, DomainError } from '@gep/kernel';

/** A table of neighbours that says nothing that can be used. */
export class NeighbourTableUnreadable extends DomainError {
  readonly code = 'evaluation.neighbour-table-unreadable';
  readonly kind = 'invalid';
  constructor(file: string, reason: Bilingual) {
    super(
      {
        zh: `相邻关系表 ${file} 不能使用：${reason.zh}；写法见 rulebook/neighbours/demonstration.yaml`,
        en: `the table of neighbours ${file} cannot be used: ${reason.en}; rulebook/neighbours/demonstration.yaml shows its form`,
      },
      { file },
    );
  }
}
