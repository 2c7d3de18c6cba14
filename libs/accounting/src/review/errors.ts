/** What a review refuses: each refusal says who stands in the way, since when, and what ends it. */
import { DomainError, type Bilingual } from '@gep/kernel';
import type { ReviewKey } from './review-step';
import { nameOfAct, nameOfRole, nameOfState } from './review-words';
import type { ReviewAct, ReviewRole, ReviewState } from './review-table';

const place = ({ territory, period, normId }: ReviewKey): string => `${territory} ${period} ${normId}`;
const list = (names: readonly Bilingual[], none: Bilingual): Bilingual => ({
  zh: names.length > 0 ? names.map(({ zh }) => zh).join('、') : none.zh,
  en: names.length > 0 ? names.map(({ en }) => en).join(', ') : none.en,
});

/** The act does not belong to the state that the review is in. */
export class ActNotNow extends DomainError {
  readonly code = 'accounting.act-not-now';
  readonly kind = 'conflict';
  constructor(key: ReviewKey, act: ReviewAct, state: ReviewState, possible: readonly ReviewAct[]) {
    const acts = list(possible.filter((each) => each !== 'supersede').map(nameOfAct), { zh: '无', en: 'nothing' });
    super(
      {
        zh: `${place(key)} 处于“${nameOfState(state).zh}”，不能${nameOfAct(act).zh}；此时可以：${acts.zh}`,
        en: `${place(key)} is ${nameOfState(state).en}, so it cannot be acted on by "${nameOfAct(act).en}"; possible now: ${acts.en}`,
      },
      { ...key, act, state, possible },
    );
  }
}

/** The person holds none of the roles that the act takes there. */
export class ActNotYours extends DomainError {
  readonly code = 'accounting.act-not-yours';
  readonly kind = 'forbidden';
  constructor(key: ReviewKey, act: ReviewAct, needs: readonly ReviewRole[]) {
    const roles = list(needs.map(nameOfRole), { zh: '无', en: 'nobody' });
    super(
      {
        zh: `对 ${place(key)} ${nameOfAct(act).zh}须由${roles.zh}办理；请向管理员申请在该地域的角色，或请其办理`,
        en: `"${nameOfAct(act).en}" on ${place(key)} is for: ${roles.en}; ask an administrator for the role there, or ask one of them`,
      },
      { ...key, act, needs },
    );
  }
}

/** Maker and checker must be two people. */
export class SamePerson extends DomainError {
  readonly code = 'accounting.same-person';
  readonly kind = 'forbidden';
  constructor(key: ReviewKey, act: ReviewAct, name: string, before: ReviewAct | 'make') {
    const deed = before === 'make' ? { zh: '编制了这一版', en: 'made this vintage' } : doneBefore(before);
    super(
      {
        zh: `${name} ${deed.zh}，不能再对 ${place(key)} ${nameOfAct(act).zh}；请由另一人办理`,
        en: `${name} ${deed.en} and so cannot do "${nameOfAct(act).en}" on ${place(key)}; somebody else must`,
      },
      { ...key, act, before },
    );
  }
}

const doneBefore = (act: ReviewAct): Bilingual => ({
  zh: `办理了上一步“${nameOfAct(act).zh}”`,
  en: `did the step before, "${nameOfAct(act).en}",`,
});

/** Who locked an account, when, in which state, and what ends it. */
export interface LockFacts extends ReviewKey {
  readonly state: ReviewState;
  readonly lockedBy: string;
  /** ISO 8601. */
  readonly lockedAt: string;
  /** What unlocks it and who may do that. */
  readonly unlock: readonly { readonly act: ReviewAct; readonly roles: readonly ReviewRole[] }[];
}

/** Code of what waits for a review: recomputations tell it apart from what is wrong. */
export const accountLocked = 'accounting.account-locked';

/** A figure that is approved or published may not change: neither by upload, recomputation nor submission. */
export class AccountLocked extends DomainError {
  readonly code = 'accounting.account-locked';
  readonly kind = 'conflict';
  constructor(lock: LockFacts, deed: Bilingual) {
    const ways = list(lock.unlock.map(wayOf), { zh: '无', en: 'nothing' });
    const state = nameOfState(lock.state);
    super(
      {
        zh: `${place(lock)} 的账户已由 ${lock.lockedBy} 于 ${lock.lockedAt} ${state.zh}并锁定，${deed.zh}被拒绝；解锁办法：${ways.zh}`,
        en: `the account of ${place(lock)} was locked by ${lock.lockedBy} at ${lock.lockedAt} (${state.en}), so ${deed.en} is refused; unlocked by: ${ways.en}`,
      },
      { ...lock },
    );
  }
}

function wayOf({ act, roles }: LockFacts['unlock'][number]): Bilingual {
  const who = list(roles.map(nameOfRole), { zh: '无', en: 'nobody' });
  return { zh: `由${who.zh}${nameOfAct(act).zh}`, en: `"${nameOfAct(act).en}" by ${who.en}` };
}

/** The red line: the upper level may return a figure, and never edits it. */
export class UpperLevelMayNotEdit extends DomainError {
  readonly code = 'accounting.upper-level-may-not-edit';
  readonly kind = 'forbidden';
  constructor({ territory, period, normId }: ReviewKey, reporter: string, since: string) {
    const key = { territory, period, normId };
    super(
      {
        zh: `${place(key)} 的数据由 ${reporter} 于 ${since} 填报，上级只能退回、不能修改；请退回并说明理由（尚未提交的，提交之后退回，或请其先行更正），由该地域的填报人更正`,
        en: `the figures of ${place(key)} were reported by ${reporter} at ${since}; an upper level may return them but never edit them: return them with a reason (before they are submitted, have them corrected), and a reporter of that territory corrects them`,
      },
      { ...key, reporter, since },
    );
  }
}

/** One child that keeps its parent from being approved. */
export interface ChildInTheWay {
  readonly territory: string;
  readonly state: ReviewState;
  /** `other-vintage`: it is approved, but the parent was added up from another vintage of it. */
  readonly because: 'not-approved' | 'no-account' | 'other-vintage';
}

/** A level is approved after those below it, and from exactly what was approved there. */
export class ChildrenNotApproved extends DomainError {
  readonly code = 'accounting.children-not-approved';
  readonly kind = 'conflict';
  constructor(key: ReviewKey, children: readonly ChildInTheWay[]) {
    const shown = children.slice(0, 10).map(({ territory, state, because }): Bilingual => ({
      zh: `${territory}（${because === 'other-vintage' ? '上级账户用的是另一版，请重新核算' : because === 'no-account' ? '没有账户' : nameOfState(state).zh}）`,
      en: `${territory} (${because === 'other-vintage' ? 'the parent was added up from another vintage; recompute' : because === 'no-account' ? 'no account' : nameOfState(state).en})`,
    }));
    const names = list(shown, { zh: '无', en: 'none' });
    super(
      {
        zh: `${place(key)} 须在全部 ${children.length} 个下级批准之后才能批准，尚缺：${names.zh}`,
        en: `${place(key)} can be approved only after all below it; ${children.length} in the way: ${names.en}`,
      },
      { ...key, children },
    );
  }
}

/** A level below is held by the approval above it. */
export class HeldFromAbove extends DomainError {
  readonly code = 'accounting.held-from-above';
  readonly kind = 'conflict';
  constructor(key: ReviewKey, parent: { territory: string; state: ReviewState; by: string; at: string }) {
    super(
      {
        zh: `上级 ${parent.territory} 已由 ${parent.by} 于 ${parent.at} ${nameOfState(parent.state).zh}，其下级 ${place(key)} 不能退回或重述；请先退回上级，或待上级发布`,
        en: `${parent.territory} above was ${nameOfState(parent.state).en} by ${parent.by} at ${parent.at}, so ${place(key)} below it cannot be returned or restated; return the one above first, or wait until it is published`,
      },
      { ...key, parent },
    );
  }
}

/** What a quality check found and nobody has settled. */
export interface OpenFinding {
  readonly rule: string;
  readonly grade: 'A' | 'B' | 'C';
  readonly text: Bilingual;
}

export class FindingsOpen extends DomainError {
  readonly code = 'accounting.findings-open';
  readonly kind = 'conflict';
  constructor(key: ReviewKey, act: ReviewAct, findings: readonly OpenFinding[]) {
    const shown = findings.slice(0, 5);
    super(
      {
        zh: `${place(key)} 还有 ${findings.length} 个质量问题未解决，不能${nameOfAct(act).zh}：${shown.map(({ grade, text }) => `${grade} ${text.zh}`).join('；')}。A 须改正，B 须改正或书面说明，C 须说明`,
        en: `${place(key)} has ${findings.length} findings that are not settled, so "${nameOfAct(act).en}" must wait: ${shown.map(({ grade, text }) => `${grade} ${text.en}`).join('; ')}. A is mended, B mended or explained in writing, C explained`,
      },
      { ...key, act, findings },
    );
  }
}

export class ReasonMissing extends DomainError {
  readonly code = 'accounting.reason-missing';
  readonly kind = 'invalid';
  constructor(act: ReviewAct, least: number) {
    super(
      {
        zh: `${nameOfAct(act).zh}须写明理由，至少 ${least} 个字`,
        en: `"${nameOfAct(act).en}" takes a reason of at least ${least} characters`,
      },
      { act, least },
    );
  }
}

export class NothingToSubmit extends DomainError {
  readonly code = 'accounting.nothing-to-submit';
  readonly kind = 'conflict';
  constructor(key: ReviewKey) {
    super(
      {
        zh: `${place(key)} 还没有账户；请先导入观测并核算（gep recompute，或 POST /api/v1/recomputes）再提交`,
        en: `${place(key)} has no account yet; import observations and recompute (gep recompute, or POST /api/v1/recomputes) before submitting`,
      },
      { ...key },
    );
  }
}

/** A restatement without a change would restate nothing. */
export class NothingRestated extends DomainError {
  readonly code = 'accounting.nothing-restated';
  readonly kind = 'conflict';
  constructor(key: ReviewKey) {
    super(
      {
        zh: `${place(key)} 的现行版就是已发布的一版，没有可重述的内容；请先更正数据并重新核算`,
        en: `the current vintage of ${place(key)} is the published one, so there is nothing to restate; correct the data and recompute first`,
      },
      { ...key },
    );
  }
}

/** Somebody acted in between. */
export class ReviewMoved extends DomainError {
  readonly code = 'accounting.review-moved';
  readonly kind = 'conflict';
  constructor(key: ReviewKey, expected: number, found: number) {
    super(
      {
        zh: `${place(key)} 已有新的步骤（您看到第 ${expected} 步，现为第 ${found} 步）；请重新查看后再办理`,
        en: `${place(key)} has moved on (you saw step ${expected}, it is at step ${found}); look again and then act`,
      },
      { ...key, expected, found },
    );
  }
}
