/** What is refused about findings of the quality checks. */
import { DomainError } from '@gep/kernel';
import { knownColumns } from './printed/figure-columns';

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

/** A place of a report's tables that cannot be read. */
interface UnreadableFigure {
  readonly table: string;
  readonly row: number;
  readonly column: string;
  readonly text: string;
  readonly kind: keyof typeof unreadable;
}

const unreadable = {
  number: {
    zh: '不是数字；请按印刷数字填写，没有数值的格留空',
    en: 'is no number; write the digits as printed and leave a cell empty where nothing was printed',
  },
  unit: {
    zh: '不是已知单位；请改用 亿元、万元、hm2、km2、t、万t、m3、亿m3、kWh 等',
    en: 'is no known unit; use yuan, 10^4 yuan, hm2, km2, t, 10^4 t, m3, kWh, any of rulebook/units.yaml',
  },
  noUnit: {
    zh: '缺少单位；请写在表头（实物量 [t]）或“单位”列',
    en: 'has no unit; write it into the heading (quantity [t]) or a column unit',
  },
  noHeading: {
    zh: '没有可识别的表头；至少要有 服务（或 类别、类型）与 价值量 两列',
    en: 'has no heading that is known; give at least service (or category, type) and value',
  },
  heading: {
    zh: `不是已知的列；请改名，不需要的列命名为 备注。可用：${knownColumns('zh')}`,
    en: `is no known column; rename it, or call a column that is not needed remark; known are ${knownColumns('en')}`,
  },
  headingTwice: {
    zh: '这一列出现两次；每种数值一列，两年的数值分两行',
    en: 'stands twice; give each measure one column, and two years two rows',
  },
  nothingNamed: {
    zh: '没有写明是哪一项；合计行请写 合计',
    en: 'does not say what it is of; write total in the row of a total',
  },
  noFigures: {
    zh: '没有数值列；请给出 价值量、实物量、面积、占比 等之一',
    en: 'has no column with figures; give value, quantity, area, share or another',
  },
} as const;

/** Tables of a report that cannot be read; every place is named. */
export class FiguresUnreadable extends DomainError {
  readonly code = 'accounting.figures-unreadable';
  readonly kind = 'invalid';
  constructor(faults: readonly UnreadableFigure[]) {
    const shown = faults.slice(0, 20);
    const more = faults.length - shown.length;
    const list = (language: 'zh' | 'en'): string =>
      shown
        .map(
          ({ table, row, column, text, kind }) =>
            `\n  ${table} ${row} ${column}: “${text}” ${unreadable[kind][language]}`,
        )
        .join('');
    super(
      {
        zh: `报告的表有 ${faults.length} 处无法读取：${list('zh')}${more > 0 ? `\n  另有 ${more} 处` : ''}`,
        en: `${faults.length} places of the report cannot be read:${list('en')}${more > 0 ? `\n  and ${more} more` : ''}`,
      },
      { places: faults.map(({ table, row, column }) => `${table} ${row} ${column}`) },
    );
  }
}
