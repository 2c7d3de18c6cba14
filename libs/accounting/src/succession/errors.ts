/** What a merge, split or change of code is refused for because of accounts, and how to mend it. */
import { DomainError, formatYuan } from '@gep/kernel';
import type { LeftAccount } from './left-accounts';

/** Accounts that a text names; the facts name all. */
const mostNamed = 20;

/** Accounts of days on which the predecessors are no more would be in no sum, or stand for a boundary that is no more. */
export class AccountsLeftBehind extends DomainError {
  readonly code = 'accounting.accounts-left-behind';
  readonly kind = 'conflict';
  constructor(predecessors: readonly string[], effective: string, left: readonly LeftAccount[]) {
    const who = predecessors.join(', ');
    const named = (zh: boolean): string =>
      left
        .slice(0, mostNamed)
        .map(({ territory, period, norm, totalFen, goesOn }) => {
          const yuan = formatYuan(BigInt(totalFen));
          if (zh) return `${territory} ${period} ${norm} ${yuan} 元${goesOn ? '（仍按原边界）' : ''}`;
          return `${territory} ${period} ${norm} ${yuan} yuan${goesOn ? ' (still of the boundary before)' : ''}`;
        })
        .join(zh ? '；' : '; ');
    const more = left.length - mostNamed;
    super(
      {
        zh: `${who} 自 ${effective} 起的变更未登记：该日及以后的期间已有账户，它们不转给后继，重新核算后将从上级合计中消失或仍按原边界：${named(true)}${more > 0 ? `；另有 ${more} 个` : ''}。请选这些期间之后的生效日；确要如此的，请明确放弃这些账户（gep territory … --leave-accounts，或 POST /api/v1/territories/successions/… 的 leaveAccounts: true），随后以后继的代码补报这些期间的观测并重新核算`,
        en: `the change of ${who} from ${effective} is not recorded: periods that end on or after that day have accounts, which do not pass to the successors; computed anew, the sums above lose them, or keep them of the boundary before: ${named(false)}${more > 0 ? `; and ${more} more` : ''}. Take a day after these periods; if this is what you want, say that they are left behind (gep territory … --leave-accounts, or leaveAccounts: true of POST /api/v1/territories/successions/…), then observe these periods under the codes of the successors and recompute`,
      },
      { predecessors, effective, accounts: left },
    );
  }
}
