/** What is refused of single lines: a value that the norm lacks for one, and one that an account does not have. */
import { closestWord, DomainError, type Bilingual } from '@gep/kernel';
import { enPlace, zhPlace, type ObservedAt } from '../errors';

/** A value that a line needs and the norm does not have on the last day of the period. */
export interface LackingValue {
  readonly parameter: string;
  readonly type: string | null;
  /** The service or formula that needs it. */
  readonly neededBy: string;
  /** The day from which the first value holds that could be meant; null where there is none for the type. */
  readonly begins: string | null;
  /** Territories that have values, when only others than this do. */
  readonly places: readonly string[];
}

const mostTold = 20;

/** Services need values of parameters that the norm does not have for this type, place and day. */
export class ParameterMissing extends DomainError {
  readonly code = 'accounting.parameter-missing';
  readonly kind = 'missing';
  /** @param lacking at least one */
  constructor(at: ObservedAt, date: string, lacking: readonly LackingValue[]) {
    const told = lacking.slice(0, mostTold).map(({ parameter, type, neededBy, begins, places }) => {
      const [zhType, enType] = type === null ? ['', ''] : [`（类型 ${type}）`, ` (type ${type})`];
      const [zhWhy, enWhy] =
        places.length > 0
          ? [`；只有 ${places.join('、')} 的取值`, `; it has values of ${places.join(', ')} only`]
          : begins !== null && begins > date
            ? [`；最早的取值自 ${begins} 起`, `; its first value begins on ${begins}`]
            : ['', ''];
      return {
        zh: `${zhPlace(at)}：参数“${parameter}”${zhType}在 ${date} 没有取值，“${neededBy}”无法核算${zhWhy}`,
        en: `${enPlace(at)}: parameter "${parameter}"${enType} has no value on ${date}, so "${neededBy}" cannot be computed${enWhy}`,
      };
    });
    const more = lacking.length > told.length ? `\n… +${lacking.length - told.length}` : '';
    const byType = lacking.some(({ type }) => type !== null);
    const [zhMend, enMend] = byType
      ? ['，或把该类型从服务的 types 中去掉', ', or take the type out of `types` of the service']
      : ['', ''];
    const [{ parameter, type, neededBy }] = lacking;
    super(
      {
        zh: `${told.map(({ zh }) => zh).join('\n')}${more}；请在规范中给该参数补上 from 不晚于 ${date} 的取值${zhMend}`,
        en: `${told.map(({ en }) => en).join('\n')}${more}; give the parameter a value in the norm whose \`from\` is ${date} or earlier${enMend}`,
      },
      { ...at, parameter, type, neededBy, date, lacking },
    );
  }
}

const lineParts = ['service', 'type', 'item', 'patch'] as const;
/** What names a line, or a patch of one. */
type LineKey = { readonly [part in (typeof lineParts)[number]]?: string | null };
const partNames = {
  service: { zh: '服务', en: 'services' },
  type: { zh: '类型', en: 'types' },
  item: { zh: '产品', en: 'products' },
  patch: { zh: '图斑', en: 'patches' },
} as const;

/** The account has no such line; what it has instead is told. */
export class AccountLineMissing extends DomainError {
  readonly code = 'accounting.line-missing';
  readonly kind = 'missing';
  constructor(territory: string, period: string, line: LineKey, lines: readonly LineKey[]) {
    const key = Object.fromEntries(lineParts.map((part) => [part, line[part]]));
    const named = Object.values(key)
      .filter((part) => part !== undefined && part !== null)
      .join(' × ');
    const { zh, en } = textOfWhatIs(line, lines);
    super(
      {
        zh: `${territory} ${period} 的账户没有“${named}”这一行；${zh}`,
        en: `the account of ${territory} ${period} has no line "${named}"; ${en}`,
      },
      { territory, period, ...key },
    );
  }
}

/** The nearest to the first part that fits nothing, and all that would fit there. */
function textOfWhatIs(line: LineKey, lines: readonly LineKey[]): Bilingual {
  let left = lines;
  for (const part of lineParts) {
    const wanted = line[part];
    if (wanted === undefined || wanted === null) continue;
    const fitting = left.filter((each) => each[part] === wanted);
    if (fitting.length > 0) {
      left = fitting;
      continue;
    }
    const known = [...new Set(left.map((each) => each[part]))].filter((code) => code !== null && code !== undefined);
    const near = closestWord(wanted, known);
    if (known.length === 0) break;
    const [shown, more] = [known.slice(0, mostTold), known.length > mostTold];
    return {
      zh: `${near === undefined ? '' : `是否应为“${near}”？`}其${partNames[part].zh}有：${shown.join('、')}${more ? '等' : ''}`,
      en: `${near === undefined ? '' : `did you mean "${near}"? `}its ${partNames[part].en} are ${shown.join(', ')}${more ? ', …' : ''}`,
    };
  }
  return { zh: '请去掉其中一项选择', en: 'leave one of the choices out' };
}
