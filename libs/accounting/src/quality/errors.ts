/** What is refused about findings of the quality checks. */
import { DomainError } from '@gep/kernel';

/** The account has no such finding, or no longer. */
export class FindingMissing extends DomainError {
  readonly code = 'accounting.finding-missing';
  readonly kind = 'missing';
  constructor(account: string, key: string) {
    super(
      {
        zh: `账户 ${account} 没有质量问题 ${key}；它可能已随新版改正，请重新读取质量检查结果`,
        en: `account ${account} has no finding ${key}; a new vintage may have mended it: read the findings again`,
      },
      { account, key },
    );
  }
}

/** A finding of grade A is an error: words do not settle it. */
export class FindingMustBeMended extends DomainError {
  readonly code = 'accounting.finding-must-be-mended';
  readonly kind = 'conflict';
  constructor(key: string, rule: string) {
    super(
      {
        zh: `质量问题 ${key}（${rule}）为 A 级，须改正数据后重新核算，不能以说明代替`,
        en: `finding ${key} (${rule}) is of grade A: correct the figures and compute again; an explanation does not settle it`,
      },
      { key, rule },
    );
  }
}

/** An explanation that says nothing. */
export class ExplanationTooShort extends DomainError {
  readonly code = 'accounting.explanation-too-short';
  readonly kind = 'invalid';
  constructor(least: number, most: number) {
    super(
      {
        zh: `书面说明须为 ${least} 至 ${most} 个字符；请写明原因、依据和经办资料`,
        en: `an explanation has ${least} to ${most} characters; state the reason and the papers it rests on`,
      },
      { least, most },
    );
  }
}
