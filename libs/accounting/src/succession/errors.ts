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
        zh: `${who} 自 ${effective} 起的变更未登记：该日及以后的期间已有账户，其中下列账户不能转给后继（并列的前身由其下级汇总而成），重新核算后将从上级合计中消失或仍按原边界：${named(true)}${more > 0 ? `；另有 ${more} 个` : ''}。请选这些期间之后的生效日；确要如此的，请明确放弃这些账户（gep territory … --leave-accounts，或 POST /api/v1/territories/successions/… 的 leaveAccounts: true），随后以后继的代码补报这些期间的观测并重新核算`,
        en: `the change of ${who} from ${effective} is not recorded: periods that end on or after that day have accounts, of which these cannot pass to the successors (beside them a predecessor was added up from below); computed anew, the sums above lose them, or keep them of the boundary before: ${named(false)}${more > 0 ? `; and ${more} more` : ''}. Take a day after these periods; if this is what you want, say that they are left behind (gep territory … --leave-accounts, or leaveAccounts: true of POST /api/v1/territories/successions/…), then observe these periods under the codes of the successors and recompute`,
      },
      { predecessors, effective, accounts: left },
    );
  }
}

/** What is asked for needs the observation, and of an observation only a share passed to the territory by a split. */
export class AccountOnlyInPart extends DomainError {
  readonly code = 'accounting.account-only-in-part';
  readonly kind = 'conflict';
  constructor(territory: string, period: string, source: string) {
    super(
      {
        zh: `${territory} ${period} 的账户只含 ${source} 的一部分（拆分时按份额划入），这一部分没有单独的观测，无法据观测推算；请改查包含全部后继的上级，或以 ${territory} 等后继的代码补报观测（gep observe，或 POST /api/v1/uploads）并重新核算（gep recompute，或 POST /api/v1/recomputes）`,
        en: `the account of ${territory} ${period} has a part of ${source} only, by the share of a split, and that part has no observation of its own; ask for the territory above that has all successors, or observe under the code of the successors (gep observe, or POST /api/v1/uploads) and recompute (gep recompute, or POST /api/v1/recomputes)`,
      },
      { territory, period, source },
    );
  }
}
