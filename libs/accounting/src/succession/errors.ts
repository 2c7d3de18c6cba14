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

/** A territory that had ended by the end of the period: what followed it has its account. */
export class AccountOfFollower extends DomainError {
  readonly code = 'accounting.account-of-follower';
  readonly kind = 'missing';
  constructor(territory: string, period: string, effective: string, successors: readonly string[]) {
    const codes = successors.join(', ');
    super(
      {
        zh: `${territory} 没有 ${period} 的账户：它自 ${effective} 起由 ${codes} 承继；请查后继的账户（gep account show ${successors[0]} ${period}，或 GET /api/v1/accounts/current），跨变更比较请用同一边界的序列（gep account series --constant-boundary，或 GET /api/v1/accounts/series?constantBoundary=true）`,
        en: `${territory} has no account of ${period}: ${codes} followed it on ${effective}; look at the account of what followed (gep account show ${successors[0]} ${period}, or GET /api/v1/accounts/current), and compare over the change within a constant boundary (gep account series --constant-boundary, or GET /api/v1/accounts/series?constantBoundary=true)`,
      },
      { territory, period, effective, successors },
    );
  }
}

/** A territory that was not there yet at the end of the period: what it followed has the accounts of that time. */
export class AccountOfPredecessors extends DomainError {
  readonly code = 'accounting.account-of-predecessors';
  readonly kind = 'missing';
  constructor(territory: string, period: string, effective: string, predecessors: readonly string[]) {
    const codes = predecessors.join(', ');
    super(
      {
        zh: `${territory} 没有 ${period} 的账户：它自 ${effective} 起才有，此前为 ${codes}；请查其前身的账户（gep account show ${predecessors[0]} ${period}，或 GET /api/v1/accounts/current），或用同一边界的序列（gep account series --territory ${territory} --constant-boundary，或 GET /api/v1/accounts/series?constantBoundary=true），不必补报观测`,
        en: `${territory} has no account of ${period}: it began on ${effective}, before which it was ${codes}; look at the account of what it followed (gep account show ${predecessors[0]} ${period}, or GET /api/v1/accounts/current), or ask for the series within a constant boundary (gep account series --territory ${territory} --constant-boundary, or GET /api/v1/accounts/series?constantBoundary=true); nothing has to be observed again`,
      },
      { territory, period, effective, predecessors },
    );
  }
}

/** The account of a successor is still that of its predecessors: no recompute has passed it on, or a lock holds it. */
export class AccountNotPassedOn extends DomainError {
  readonly code = 'accounting.account-not-passed-on';
  readonly kind = 'conflict';
  constructor(territory: string, period: string, effective: string, predecessors: readonly string[]) {
    const codes = predecessors.join(', ');
    super(
      {
        zh: `${territory} ${period} 还没有账户：它自 ${effective} 起承继 ${codes}，后者 ${period} 的账户尚未转来；请重新核算（gep recompute，或 POST /api/v1/recomputes）。前身的账户已批准或已发布而锁定时，须先重述（gep review act ${predecessors[0]} ${period} restate，或 POST /api/v1/reviews/{territory}/{period}/{norm}/acts）才会转来，在此之前上级合计仍含前身的账户`,
        en: `${territory} has no account of ${period} yet: it followed ${codes} on ${effective}, whose account of ${period} has not passed on; recompute (gep recompute, or POST /api/v1/recomputes). While an account of these is approved or published it is locked and passes on only when it is restated (gep review act ${predecessors[0]} ${period} restate, or POST /api/v1/reviews/{territory}/{period}/{norm}/acts); until then the sums above have it as it is`,
      },
      { territory, period, effective, predecessors },
    );
  }
}
