/** What shadow settlements refuse, and how to mend it. */
import { DomainError } from '@gep/kernel';
import type { ShadowChange } from './shadow';

/** No such shadow, or none that the actor may see. */
export class ShadowMissing extends DomainError {
  readonly code = 'settlement.shadow-missing';
  readonly kind = 'missing';
  constructor(id: string) {
    super(
      {
        zh: `没有编号为“${id}”的试算结算，或您无权查看；请核对（gep settlement shadow list 或 GET /api/v1/shadow-settlements）`,
        en: `there is no shadow settlement "${id}", or none that you may see; check it (gep settlement shadow list or GET /api/v1/shadow-settlements)`,
      },
      { id },
    );
  }
}

/** What would be settled now is not what was shown. */
export class ShadowChanged extends DomainError {
  readonly code = 'settlement.shadow-changed';
  readonly kind = 'conflict';
  constructor(
    name: string,
    readonly changes: readonly ShadowChange[],
  ) {
    const list = (language: 'zh' | 'en'): string =>
      changes.map(({ code, text }) => `\n  ${code}: ${text[language]}`).join('');
    super(
      {
        zh: `试算“${name}”之后情况有变，不能按原方案转为正式结算：${list('zh')}\n请重新试算（gep settlement shadow run 或 POST /api/v1/shadow-settlements）`,
        en: `the shadow "${name}" cannot become real, because it would be another plan now:${list('en')}\nrun it again (gep settlement shadow run or POST /api/v1/shadow-settlements)`,
      },
      { name, changes },
    );
  }
}

/** It was made real before, or it cannot be tried as one plan. */
export class ShadowRefused extends DomainError {
  readonly code = 'settlement.shadow-refused';
  readonly kind = 'conflict';
  constructor(name: string, reason: { readonly zh: string; readonly en: string }) {
    super({ zh: `试算“${name}”：${reason.zh}`, en: `shadow "${name}": ${reason.en}` }, { name });
  }
}
