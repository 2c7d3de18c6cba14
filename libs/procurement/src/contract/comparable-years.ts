/** Whether the published accounts of the compared years are of one norm, boundary and price base; if not, what differs. */
import type { Bilingual } from '@gep/kernel';
import type { AccountSeries } from '@gep/accounting';

type Point = AccountSeries['points'][number];

/** What keeps the years from being compared, each with how to mend it; empty when nothing does. */
export function differencesBetween(
  points: readonly Pick<Point, 'period' | 'account' | 'refusal' | 'breaks'>[],
  years: readonly string[],
): Bilingual[] {
  const found: Bilingual[] = [];
  const compared = years.map((year) => ({ year, point: points.find(({ period }) => period === year) }));
  for (const { year, point } of compared)
    if (!point?.account)
      found.push({
        zh: `${year} 年没有已发布的账户${point?.refusal ? `（${point.refusal.text.zh}）` : ''}；请先核算并发布（gep review act · POST /api/v1/reviews/{territory}/{period}/{norm}/acts）`,
        en: `${year} has no published account${point?.refusal ? ` (${point.refusal.text.en})` : ''}; compute and publish it first (gep review act · POST /api/v1/reviews/{territory}/{period}/{norm}/acts)`,
      });
  const [first, last] = [years[0], years[years.length - 1]];
  for (const { period, breaks } of points)
    if (period > first && period <= last && breaks.length > 0) {
      const days = breaks.map(({ effective }) => effective).join(', ');
      found.push({
        zh: `边界在 ${days} 变更，${period} 年与此前各年不是同一区域；请在变更后的边界内重算此前各年并发布，或改用变更以后的基准年`,
        en: `the boundary changed on ${days}, so ${period} is not about the land of the years before; restate those within the new boundary and publish them, or compare with a year since then`,
      });
    }
  const norm = compared.at(-1)?.point?.account?.norm;
  for (const { year, point } of compared) {
    if (!norm || !point?.account || point.account.norm.edition === norm.edition) continue;
    const [own, wanted] = [point.account.norm.edition, norm.edition].map((edition) => edition.slice(0, 12));
    found.push({
      zh: `${year} 年按规范 ${norm.id} 的版次 ${own} 核算，${last} 年按 ${wanted}；请按同一版次重算并发布（gep recompute · POST /api/v1/recomputes）`,
      en: `${year} follows edition ${own} of the norm ${norm.id}, ${last} follows ${wanted}; recompute and publish them by one edition (gep recompute · POST /api/v1/recomputes)`,
    });
  }
  return found;
}
