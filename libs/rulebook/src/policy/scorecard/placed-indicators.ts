/** The indicators of a scorecard as they stand in the file, with their places. */
import type { NormPath } from '../../yaml/problem-log';
import type { RawIndicator, RawScorecard } from './raw-scorecard';

/** One indicator with where it stands in the file. */
export interface PlacedIndicator {
  readonly raw: RawIndicator;
  readonly path: NormPath;
  readonly theme: string;
  readonly group: string;
}

/** The indicators of all levels, in the order of the file; a theme without groups is one group of its own. */
export function placedIndicators({ themes = [] }: RawScorecard): PlacedIndicator[] {
  return themes.flatMap((theme, at) => {
    const path = ['scorecard', 'themes', at];
    const own = (theme.indicators ?? []).map((raw, no) => ({
      ...{ raw, path: [...path, 'indicators', no], theme: theme.code, group: theme.code },
    }));
    const grouped = (theme.groups ?? []).flatMap((group, no) =>
      (group.indicators ?? []).map((raw, index) => ({
        ...{ raw, path: [...path, 'groups', no, 'indicators', index], theme: theme.code, group: group.code },
      })),
    );
    return [...own, ...grouped];
  });
}
