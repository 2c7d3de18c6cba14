/** What a yearly disclosure can be refused for, and how to mend it. */
import { DomainError } from '@gep/kernel';
import type { FigureCorrection } from './figure-corrections';

/** There is no such disclosure, or none that this person may see. */
export class YearlyDisclosureMissing extends DomainError {
  readonly code = 'evaluation.disclosure-missing';
  readonly kind = 'missing';
  constructor(what: string) {
    super(
      {
        zh: `没有找到年度披露“${what}”：用 gep disclosure list 或 GET /api/v1/open/disclosures 查看有哪些`,
        en: `there is no yearly disclosure "${what}": see which there are with gep disclosure list or GET /api/v1/open/disclosures`,
      },
      { what },
    );
  }
}

/** Nothing of the year may be told yet. */
export class NothingToDisclose extends DomainError {
  readonly code = 'evaluation.nothing-to-disclose';
  readonly kind = 'conflict';
  constructor(territory: string, year: number) {
    super(
      {
        zh: `${territory} ${year} 年没有已发布的账户，也没有最终结果可以披露：先发布账户（gep review publish 或 POST /api/v1/reviews），再起草`,
        en: `${territory} has neither a published account nor a final result of ${year}: publish the account first (gep review publish or POST /api/v1/reviews), then draft`,
      },
      { territory, year },
    );
  }
}

/** A new edition has to say something otherwise, and why. */
export class NothingCorrected extends DomainError {
  readonly code = 'evaluation.nothing-corrected';
  readonly kind = 'conflict';
  constructor(territory: string, year: number, edition: number, needsReason: boolean) {
    const [zh, en] = needsReason
      ? ['更正须写明理由（reason）', 'a correction has to say why (reason)']
      : ['各数据与该版相同，无须更正', 'every figure is as in that edition; there is nothing to correct'];
    super(
      {
        zh: `${territory} ${year} 年第 ${edition} 版已公布：${zh}`,
        en: `edition ${edition} of ${territory} ${year} is published: ${en}`,
      },
      { territory, year, edition },
    );
  }
}

/** Since it was drafted an account was restated, a score re-made or an edition published. */
export class DisclosureOvertaken extends DomainError {
  readonly code = 'evaluation.disclosure-overtaken';
  readonly kind = 'conflict';
  constructor(id: string, differences: readonly FigureCorrection[]) {
    const [first] = differences;
    const [zh, en] = first
      ? [
          `${first.figure} 起草时为 ${first.before?.value ?? '无'}，现为 ${first.after?.value ?? '无'}`,
          `${first.figure} was ${first.before?.value ?? 'absent'} in the draft and is ${first.after?.value ?? 'absent'} now`,
        ]
      : ['另一版已公布', 'another edition was published'];
    super(
      {
        zh: `草稿已过时：${zh}（共 ${differences.length} 处）。请撤回后重新起草：gep disclosure withdraw ${id} 与 gep disclosure draft，或 POST /api/v1/evaluation/disclosures/${id}/withdraw 与 POST /api/v1/evaluation/disclosures`,
        en: `the draft was overtaken: ${en} (${differences.length} in all). Withdraw it and draft anew: gep disclosure withdraw ${id} and gep disclosure draft, or POST /api/v1/evaluation/disclosures/${id}/withdraw and POST /api/v1/evaluation/disclosures`,
      },
      { id, differences: differences.slice(0, 20) },
    );
  }
}
