/** What the rulebook may refuse. */
import { closestWord, DomainError, type Bilingual } from '@gep/kernel';
import type { NormProblem } from './norm/norm';
import type { InputProblem } from './policy/input/policy-table';

/** `services.yaml:12:40 services[3].price: … ; …`, for terminals and logs. */
export function formatNormProblem(problem: NormProblem, language: keyof Bilingual): string {
  const { file, line, column, path, text, mend } = problem;
  const place = line > 0 ? `${file}:${line}:${column}` : file;
  const separator = language === 'zh' ? '；' : '; ';
  return `${place} ${path === '' ? '' : `${path}: `}${text[language]}${separator}${mend[language]}`.trim();
}

const mostTold = 20;

/** `… has 3 problems:` and a line for each of the first. @param before what has them; in Chinese it stands before 有 */
function toldProblems<T>(
  before: Bilingual,
  found: readonly T[],
  lineOf: (one: T, language: keyof Bilingual) => string,
) {
  const list = (language: keyof Bilingual): string =>
    found
      .slice(0, mostTold)
      .map((one) => `\n  ${lineOf(one, language)}`)
      .join('');
  const more = found.length - mostTold;
  return {
    zh: `${before.zh}有 ${found.length} 处问题：${list('zh')}${more > 0 ? `\n  另有 ${more} 处` : ''}`,
    en: `${before.en} ${found.length} problem${found.length === 1 ? '' : 's'}:${list('en')}${more > 0 ? `\n  and ${more} more` : ''}`,
  };
}

const notFound = (kind: Bilingual, name: string, suggestion: Bilingual): Bilingual => ({
  zh: `找不到${kind.zh}“${name}”；${suggestion.zh}`,
  en: `${kind.en} "${name}" was not found; ${suggestion.en}`,
});

/** A norm with problems; all of them are in the facts. */
export class NormRefused extends DomainError {
  readonly code = 'norm.refused';
  readonly kind = 'invalid';
  constructor(
    norm: string,
    readonly problems: readonly NormProblem[],
  ) {
    const has = { zh: `规范“${norm}”`, en: `norm "${norm}" has` };
    super(toldProblems(has, problems, formatNormProblem), { norm, problems });
  }
}

/** No norm of this name in the rulebook, or no folder at this path. */
export class NormNotFound extends DomainError {
  readonly code = 'norm.not-found';
  readonly kind = 'missing';
  constructor(norm: string, known: readonly string[], suggestion: Bilingual) {
    super(notFound({ zh: '规范', en: 'norm' }, norm, suggestion), { norm, known });
  }
}

/** A folder that is there, and holds no norm. */
export class NormFolderEmpty extends DomainError {
  readonly code = 'norm.folder-empty';
  readonly kind = 'missing';
  constructor(folder: string) {
    super(
      {
        zh: `目录 ${folder} 中没有规范：其中没有 .yaml 文件；请检查路径，最小的规范见 libs/rulebook/README.md`,
        en: `there is no norm in ${folder}: it has no .yaml file; check the path, or begin with the smallest norm in libs/rulebook/README.md`,
      },
      { folder },
    );
  }
}

/** The folder of the rulebook is not there, or cannot be read. */
export class RulebookFolderMissing extends DomainError {
  readonly code = 'rulebook.folder-missing';
  readonly kind = 'missing';
  constructor(folder: string, reason: string) {
    super(
      {
        zh: `规则库目录 ${folder} 无法读取（${reason}）；请检查 GEP_RULEBOOK_DIR，或去掉它以使用程序自带的规则库`,
        en: `the rulebook folder ${folder} cannot be read (${reason}); check GEP_RULEBOOK_DIR, or drop it to use the rulebook that ships with the program`,
      },
      { folder },
    );
  }
}

/** No worked example of this name in the rulebook; those that it has are named. */
export class CaseNotFound extends DomainError {
  readonly code = 'case.not-found';
  readonly kind = 'missing';
  constructor(caseId: string, known: readonly string[]) {
    const near = closestWord(caseId.split('/').at(-1)!, known);
    const there = {
      zh: `${near ? `是否应为“${near}”？` : ''}现有：${known.join('、')}`,
      en: `${near ? `did you mean "${near}"? ` : ''}there are: ${known.join(', ')}`,
    };
    super(notFound({ zh: '算例', en: 'case' }, caseId, there), { case: caseId, known });
  }
}

/** A folder named as a study in which nothing says what the study printed. */
export class PublishedTablesMissing extends DomainError {
  readonly code = 'case.published-missing';
  readonly kind = 'missing';
  constructor(folder: string) {
    super(
      {
        zh: `目录“${folder}”中没有 published.yaml；请在其中写上论文刊载的数字（见 docs/how-to-account-a-paper.md 第 4 节），或给出含有它的目录`,
        en: `folder "${folder}" has no published.yaml; write into it what the paper prints (docs/how-to-account-a-paper.md, section 4), or give the folder that has it`,
      },
      { folder },
    );
  }
}

/** Files of a norm beyond the limits: a mistake in the path, or an attempt to exhaust the reader. */
export class NormTooLarge extends DomainError {
  readonly code = 'norm.too-large';
  readonly kind = 'too-much';
  constructor(folder: string, found: Bilingual, limit: Bilingual) {
    super(
      {
        zh: `“${folder}”${found.zh}，上限为${limit.zh}；请检查路径，或把规范拆分`,
        en: `"${folder}" has ${found.en}, the limit is ${limit.en}; check the path or split the norm`,
      },
      { folder },
    );
  }
}

/** A file of the rulebook that cannot be read as what it should be. */
export class RulebookFileUnreadable extends DomainError {
  readonly code = 'rulebook.file-unreadable';
  readonly kind = 'invalid';
  constructor(file: string, reason: Bilingual) {
    super(
      { zh: `规则库文件 ${file} 无法读取：${reason.zh}`, en: `rulebook file ${file} cannot be read: ${reason.en}` },
      { file },
    );
  }
}

/** A norm that says of itself that it is unfinished. */
export class NormIsSkeleton extends DomainError {
  readonly code = 'norm.skeleton';
  readonly kind = 'conflict';
  /** @param incomplete what it says it lacks */
  constructor(norm: string, incomplete: readonly Bilingual[] = []) {
    const lacking = (language: keyof Bilingual): string => incomplete.map((one) => `\n  - ${one[language]}`).join('');
    super(
      {
        zh: `规范“${norm}”的状态是 skeleton（尚未完成），不能发布或用于核算；完成后请把 status 改为 usable${lacking('zh')}`,
        en: `norm "${norm}" has the status skeleton (unfinished) and cannot be published or computed with; set status to usable when it is complete${lacking('en')}`,
      },
      { norm, incomplete },
    );
  }
}

/** No edition of this norm, or not this one, has been published. */
export class EditionNotFound extends DomainError {
  readonly code = 'norm.edition-not-found';
  readonly kind = 'missing';
  constructor(norm: string, edition?: string) {
    super(
      {
        zh: `规范“${norm}”${edition ? `的版本 ${edition}` : ''}尚未发布；完成的规范可由管理员发布（gep norm publish），未完成的（状态 skeleton）不能发布，gep norm show ${norm} 列出尚缺的内容；已有版本见 gep norm list，或 GET /api/v1/norms`,
        en: `${edition ? `edition ${edition} of ` : ''}norm "${norm}" is not published; an administrator can publish it when it is complete (gep norm publish), while a skeleton cannot be published and gep norm show ${norm} says what it lacks; gep norm list or GET /api/v1/norms shows the editions there are`,
      },
      { norm, edition },
    );
  }
}

/** A rule of a policy with problems; all of them are in the facts. */
export class PolicyRefused extends DomainError {
  readonly code = 'policy.refused';
  readonly kind = 'invalid';
  constructor(
    rule: string,
    readonly problems: readonly NormProblem[],
  ) {
    const has = { zh: `规则“${rule}”`, en: `rule "${rule}" has` };
    super(toldProblems(has, problems, formatNormProblem), { rule, problems });
  }
}

/** No rule of this name in the rulebook, and no file at this path. */
export class PolicyNotFound extends DomainError {
  readonly code = 'policy.not-found';
  readonly kind = 'missing';
  constructor(rule: string, known: readonly string[], suggestion: Bilingual) {
    super(notFound({ zh: '规则', en: 'rule' }, rule, suggestion), { rule, known });
  }
}

/** What stands in the way of a decision, at a unit, period, row and column. */
export interface DecisionFault {
  readonly code: string;
  readonly text: Bilingual;
  readonly mend: Bilingual;
  readonly at: { readonly unit?: string; readonly period?: string; readonly row?: number; readonly column?: string };
}

const placeOfFault = ({ at }: DecisionFault, language: keyof Bilingual): string => {
  const words =
    language === 'zh'
      ? ([at.unit, at.period, at.row && `第 ${at.row} 行`, at.column && `列 ${at.column}`] as const)
      : ([at.unit, at.period, at.row && `row ${at.row}`, at.column && `column ${at.column}`] as const);
  const place = words.filter((word) => word !== undefined && word !== '' && word !== 0).join(' · ');
  return place === '' ? '' : `${place}${language === 'zh' ? '：' : ': '}`;
};

/** A rule that cannot be applied to an input: something is missing, impossible, or fails a check of the rule. */
export class PolicyNotDecided extends DomainError {
  readonly code = 'policy.not-decided';
  readonly kind = 'invalid';
  constructor(
    rule: string,
    period: string,
    readonly faults: readonly DecisionFault[],
  ) {
    const line = (fault: DecisionFault, language: keyof Bilingual): string => {
      const { text, mend, code } = fault;
      return `${placeOfFault(fault, language)}${text[language]}${language === 'zh' ? '；' : '; '}${mend[language]} [${code}]`;
    };
    const at = period === '' ? { zh: '', en: '' } : { zh: `（${period}）`, en: ` (${period})` };
    const has = { zh: `规则“${rule}”${at.zh}未能得出结果，`, en: `rule "${rule}"${at.en} decides nothing,` };
    const told = faults.map(({ code, text, mend, at }) => ({ code, text, mend, at }));
    super(toldProblems(has, faults, line), { rule, period, faults: told.slice(0, 1000) });
  }
}

const comesTo: Readonly<Record<string, Bilingual>> = {
  money: { zh: '支付', en: 'pays' },
  score: { zh: '按考评表计分', en: 'scores by a scorecard' },
  credit: { zh: '按信用行为清单计分', en: 'scores by a list of credit' },
  values: { zh: '只列出数值', en: 'only shows values' },
};

/** Two rules that cannot be held against each other. */
export class BacktestUnlike extends DomainError {
  readonly code = 'policy.backtest-unlike';
  readonly kind = 'invalid';
  constructor(
    adopted: { readonly id: string; readonly kind: string },
    current: { readonly id: string; readonly kind: string },
  ) {
    const [one, other] = [comesTo[adopted.kind], comesTo[current.kind]];
    super(
      {
        zh: `无法对比：新规则“${adopted.id}”${one.zh}，现行规则“${current.id}”${other.zh}。两者须同为支付、考评表或信用清单；只列出数值的规则请逐期试算（gep policy run，或 POST /api/v1/policies/decide），或写成 scorecard（docs/how-to-write-a-rule.md 第 12 节）`,
        en: `these cannot be compared: the new rule "${adopted.id}" ${one.en}, the current rule "${current.id}" ${other.en}. Both must pay, or have a scorecard, or a list of credit; run a rule that only shows values for each period (gep policy run --period, POST /api/v1/policies/decide), or write it as a scorecard (docs/how-to-write-a-rule.md, section 12)`,
      },
      { new: adopted, current },
    );
  }
}

/** A table of input that a rule cannot read; every cell that is wrong is in the facts. */
export class PolicyInputRefused extends DomainError {
  readonly code = 'policy.input-refused';
  readonly kind = 'invalid';
  constructor(
    rule: string,
    readonly problems: readonly InputProblem[],
  ) {
    const line = ({ row, column, value, code, text, mend }: InputProblem, language: keyof Bilingual): string => {
      const place = language === 'zh' ? `第 ${row} 行 ${column}` : `row ${row} ${column}`;
      const shown = value === '' ? '' : ` “${value}”`;
      return `${place}${shown}: ${text[language]} → ${mend[language]} [${code}]`;
    };
    const has = { zh: `规则“${rule}”不能用此输入：`, en: `rule "${rule}" cannot use the input,` };
    super(toldProblems(has, problems, line), { rule, problems: problems.slice(0, 1000) });
  }
}

/** A scorecard whose items, weights or bounds nobody published; nothing is scored before somebody fills them in. */
export class ScorecardIncomplete extends DomainError {
  readonly code = 'policy.scorecard-incomplete';
  readonly kind = 'invalid';
  constructor(rule: string, lacking: readonly Bilingual[]) {
    const said = (language: keyof Bilingual): string => lacking.map((one) => one[language]).join('; ');
    super(
      {
        zh: `评分规则“${rule}”还不能计分：${said('zh')}。请把规则存为自己的文件补全（gep policy show ${rule}，docs/how-to-write-a-rule.md 第 12 节），再提出并启用（gep policy propose 或 POST /api/v1/policies）`,
        en: `nothing can be scored by "${rule}": ${said('en')}. Fill it in in a file of your own (gep policy show ${rule}, docs/how-to-write-a-rule.md, section 12), then propose and adopt that (gep policy propose, POST /api/v1/policies)`,
      },
      { rule, lacking },
    );
  }
}
