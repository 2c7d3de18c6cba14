/** What accounts of parallel trees are refused for, and how to mend it. */
import { DomainError } from '@gep/kernel';

/** Too many units below what the tree covers to divide them in one answer. */
export class TreeTooWide extends DomainError {
  readonly code = 'accounting.tree-too-wide';
  readonly kind = 'too-much';
  constructor(tree: string, period: string, most: number) {
    super(
      {
        zh: `平行树 ${tree} ${period} 涉及超过 ${most} 个观测账户，一次划分过多；请按较小的范围（如逐省）各建一棵树，再相加（各节点可直接相加）`,
        en: `the parallel tree ${tree} divides more than ${most} observed accounts in ${period}, too many at once; record a tree for each smaller area, a province for instance, and add the nodes, which sum exactly`,
      },
      { tree, period, most },
    );
  }
}

/** The accounts that a person may see were computed with different editions of the norm, and do not add up to one account. */
export class TreeEditionsDiffer extends DomainError {
  readonly code = 'accounting.tree-editions-differ';
  readonly kind = 'conflict';
  constructor(
    tree: string,
    period: string,
    accounts: readonly { readonly territory: string; readonly edition: string }[],
  ) {
    const list = accounts.map(({ territory, edition }) => `${territory} ${edition.slice(0, 12)}`).join(', ');
    super(
      {
        zh: `平行树 ${tree} ${period}：您可见的账户依据规范的不同版本（${list}），不能相加；请先按同一版本重新核算，或指定版本（--edition；查询参数 edition）`,
        en: `the parallel tree ${tree} in ${period}: the accounts that you may see rest on different editions of the norm (${list}) and cannot be added; recompute them with one edition, or name the edition (--edition; the query edition)`,
      },
      { tree, period, accounts },
    );
  }
}
