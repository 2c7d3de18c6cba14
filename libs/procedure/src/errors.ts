/** What procedures refuse: each refusal says what stands in the way, since when, and what ends it. */
import { DomainError, type Bilingual, type Facts } from '@gep/kernel';

/** A subject as refusals tell it: by its kind in words where these are known, and by its code where it has one. */
export interface SubjectPlace {
  readonly kind: string;
  readonly id: string;
  readonly name?: Bilingual;
  readonly code?: string;
}

const place = ({ kind, id, name, code }: SubjectPlace): Bilingual => ({
  zh: `${name?.zh ?? kind} ${code ?? id}`,
  en: `${name?.en ?? kind} ${code ?? id}`,
});
const look = ({ kind, id, code }: SubjectPlace): string =>
  `gep procedure show ${kind} ${/^[\w./-]+$/.test(code ?? '') ? code : id} · GET /api/v1/procedures/${kind}/${id}`;
const factsOf = ({ kind, id, code }: SubjectPlace): Facts => ({ kind, id, ...(code !== undefined && { code }) });

const aheadMs = 8 * 3_600_000;
/** A moment in the time of Beijing, by which days are counted. */
const inBeijing = (at: Date): string => new Date(at.getTime() + aheadMs).toISOString().slice(0, 19).replace('T', ' ');

/** A step that may not be taken: not now, not by this person, not by the same person, or not without a reason. */
export abstract class StepRefused extends DomainError {}

/** How a subject stands whose state does not take the act. */
export interface StandingSubject {
  readonly state: Bilingual;
  /** Acts by their names, and what is typed for them. */
  readonly possible: readonly { readonly name: Bilingual; readonly verb: string }[];
  readonly last?: { readonly by: string; readonly at: Date; readonly act: Bilingual };
  readonly facts: Facts;
}

/** The state does not take the act, perhaps because somebody has acted in between. */
export class StepNotNow extends StepRefused {
  readonly code = 'procedure.not-now';
  readonly kind = 'conflict';
  constructor(subject: SubjectPlace, act: Bilingual, { state, possible, last, facts }: StandingSubject) {
    const since: Bilingual = last
      ? {
          zh: `（${last.by} 于北京时间 ${inBeijing(last.at)} ${last.act.zh}）`,
          en: ` (${last.by} did "${last.act.en}" at ${inBeijing(last.at)} Beijing time)`,
        }
      : { zh: '', en: '' };
    const ways: Bilingual = {
      zh: possible.map(({ name, verb }) => `${name.zh}（\`${verb}\`）`).join('、') || '无，程序已终结',
      en: possible.map(({ name, verb }) => `${name.en} (\`${verb}\`)`).join(', ') || 'nothing, it has come to its end',
    };
    super(
      {
        zh: `${place(subject).zh} 现为“${state.zh}”${since.zh}，不能${act.zh}；此时可以：${ways.zh}。查看：${look(subject)}`,
        en: `${place(subject).en} is "${state.en}"${since.en}, so "${act.en}" cannot be done; possible now: ${ways.en}. See ${look(subject)}`,
      },
      { ...factsOf(subject), ...facts },
    );
  }
}

/** The person does not hold the permission there. */
export class StepNotYours extends StepRefused {
  readonly code = 'procedure.not-yours';
  readonly kind = 'forbidden';
  constructor(subject: SubjectPlace, act: Bilingual, permission: string) {
    super(
      {
        zh: `对 ${place(subject).zh} ${act.zh}需要在其地域的权限 ${permission}；请由有此权限的人办理`,
        en: `"${act.en}" on ${place(subject).en} takes the permission ${permission} for its territory; somebody who has it does this`,
      },
      { ...factsOf(subject), permission },
    );
  }
}

/** Two persons do these two steps. */
export class StepOfSamePerson extends StepRefused {
  readonly code = 'procedure.same-person';
  readonly kind = 'forbidden';
  constructor(
    subject: SubjectPlace,
    act: Bilingual,
    { name, before }: { readonly name: string; readonly before: Bilingual },
  ) {
    super(
      {
        zh: `${name} 已对 ${place(subject).zh} 办理过“${before.zh}”，不能再${act.zh}；两步须由不同的人办理，请由另一人办理`,
        en: `${name} has done "${before.en}" on ${place(subject).en} and so cannot do "${act.en}"; two persons do these two, so another one must`,
      },
      { ...factsOf(subject), name },
    );
  }
}

/** Nobody would understand the step later. */
export class StepReasonMissing extends StepRefused {
  readonly code = 'procedure.reason-missing';
  readonly kind = 'invalid';
  constructor(subject: SubjectPlace, act: Bilingual, least: number) {
    super(
      {
        zh: `对 ${place(subject).zh} ${act.zh}须写明理由，至少 ${least} 个字`,
        en: `"${act.en}" on ${place(subject).en} takes a reason of at least ${least} characters`,
      },
      { ...factsOf(subject), least },
    );
  }
}

/** Somebody acted in between. */
export class SubjectMoved extends DomainError {
  readonly code = 'procedure.moved';
  readonly kind = 'conflict';
  constructor(subject: SubjectPlace, expected: number, found: number) {
    super(
      {
        zh: `${place(subject).zh} 已有新的步骤（您看到第 ${expected} 步，现为第 ${found} 步）；请重新查看后再办理：${look(subject)}`,
        en: `${place(subject).en} has moved on (you saw step ${expected}, it is at step ${found}); look again and then act: ${look(subject)}`,
      },
      { ...factsOf(subject), expected, found },
    );
  }
}

/** There is none, or it lies outside the territories of whoever asks. */
export class ProcedureMissing extends DomainError {
  readonly code = 'procedure.missing';
  readonly kind = 'missing';
  constructor(what: Bilingual, name: string) {
    super(
      {
        zh: `没有${what.zh} ${name}，或它不在您的地域范围内；请核对编号，或向管理员申请该地域的角色`,
        en: `there is no ${what.en} ${name}, or it lies outside your territories; check the id, or ask an administrator for a role there`,
      },
      { name },
    );
  }
}

/** A clock that cannot be started or met that way. */
export class ClockRefused extends DomainError {
  readonly code = 'procedure.clock-refused';
  readonly kind = 'conflict';
  /** @param title as the rulebook has it */
  constructor(code: string, title: Bilingual | undefined, reason: Bilingual, facts: Facts = {}) {
    super(
      {
        zh: `期限${title ? `“${title.zh}”（${code}）` : ` ${code}`}：${reason.zh}。查看：gep clock list · GET /api/v1/clocks`,
        en: `clock ${title ? `"${title.en}" (${code})` : code}: ${reason.en}. See gep clock list · GET /api/v1/clocks`,
      },
      { clock: code, ...facts },
    );
  }
}

/** What may not be published, or not be left unpublished, that way. */
export class PublicationRefused extends DomainError {
  readonly code = 'procedure.publication-refused';
  readonly kind = 'conflict';
  constructor(subject: SubjectPlace, reason: Bilingual, facts: Facts = {}) {
    super(
      {
        zh: `${place(subject).zh} 的公开：${reason.zh}。查看：gep publication list · GET /api/v1/publications/duties`,
        en: `publication of ${place(subject).en}: ${reason.en}. See gep publication list · GET /api/v1/publications/duties`,
      },
      { ...factsOf(subject), ...facts },
    );
  }

  static settled(subject: SubjectPlace, how: 'published' | 'excepted', on: string): PublicationRefused {
    return new PublicationRefused(
      subject,
      how === 'published'
        ? { zh: `已于 ${on} 公开，不能再次办理`, en: `it was published on ${on} and is not dealt with twice` }
        : {
            zh: `已于 ${on} 记为法定例外，不能再次办理`,
            en: `it was excepted by law on ${on} and is not dealt with twice`,
          },
      { on },
    );
  }

  static namesHousehold(subject: SubjectPlace, at: string): PublicationRefused {
    return new PublicationRefused(
      subject,
      {
        zh: `文件在 ${at} 处提到农户；公开的文件只能有汇总数，请去掉`,
        en: `the document names a household at ${at}; only sums are published, so leave it out`,
      },
      { at },
    );
  }
}

/** An appeal that cannot be made or carried on that way. */
export class AppealRefused extends DomainError {
  readonly code = 'procedure.appeal-refused';
  readonly kind = 'conflict';
  constructor(what: string, reason: Bilingual, facts: Facts = {}) {
    super(
      {
        zh: `异议 ${what}：${reason.zh}。查看：gep appeal list · GET /api/v1/appeals`,
        en: `appeal ${what}: ${reason.en}. See gep appeal list · GET /api/v1/appeals`,
      },
      facts,
    );
  }
}
