/** What mapping tables between class schemes refuse, and how to mend it. */
import { DomainError, type Bilingual } from '@gep/kernel';

/** No mapping table of this name. */
export class CrosswalkNotFound extends DomainError {
  readonly code = 'crosswalk.not-found';
  readonly kind = 'missing';
  constructor(id: string, suggestion: Bilingual) {
    super(
      { zh: `找不到对照表“${id}”；${suggestion.zh}`, en: `crosswalk "${id}" was not found; ${suggestion.en}` },
      { crosswalk: id },
    );
  }
}

/** A class that the table does not map: two schemes are never taken to agree because a name is the same. */
export class CrosswalkClassUnknown extends DomainError {
  readonly code = 'crosswalk.class-unknown';
  readonly kind = 'invalid';
  constructor(id: string, name: string, suggestion: Bilingual) {
    super(
      {
        zh: `对照表“${id}”没有类别“${name}”；${suggestion.zh}；或在 rulebook/crosswalks/${id}.yaml 中补充它对应的类别`,
        en: `crosswalk "${id}" has no class "${name}"; ${suggestion.en}, or add to rulebook/crosswalks/${id}.yaml what it stands for`,
      },
      { crosswalk: id, class: name },
    );
  }
}

/** A class stands for several, and nobody has said in what shares. */
export class CrosswalkSharesNeeded extends DomainError {
  readonly code = 'crosswalk.shares-needed';
  readonly kind = 'missing';
  constructor(id: string, name: string, targets: readonly string[]) {
    super(
      {
        zh: `对照表“${id}”中“${name}”对应多个类别（${targets.join('、')}），须给出各自份额，合计为 1；写在文件的 shares 中、--share ${name}=${targets[0]}:… 或接口参数 shares 中`,
        en: `crosswalk "${id}" maps "${name}" to several classes (${targets.join(', ')}); give their shares, adding up to 1, under "shares" of the file, by --share ${name}=${targets[0]}:…, or by the parameter shares of the API`,
      },
      { crosswalk: id, class: name, targets },
    );
  }
}

/** Shares that name other classes than the table does, or do not add up to 1. */
export class CrosswalkSharesWrong extends DomainError {
  readonly code = 'crosswalk.shares-wrong';
  readonly kind = 'invalid';
  constructor(id: string, name: string, targets: readonly string[]) {
    super(
      {
        zh: `“${name}”的份额须只写对照表“${id}”所列的 ${targets.join('、')}，不小于 0，合计正好为 1；请更正 shares`,
        en: `the shares of "${name}" must name only what crosswalk "${id}" lists (${targets.join(', ')}), be 0 or more and add up to exactly 1; correct them under "shares"`,
      },
      { crosswalk: id, class: name, targets },
    );
  }
}
