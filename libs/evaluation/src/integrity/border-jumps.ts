/** Figures that leap where a county begins: what a hectare gives, or a price, far from that of the neighbours. */
import type { CountyFacts, RegionFacts } from './county-facts';
import type { IntegrityHint } from './hint';
import { median, spreadOf } from './robust';

/** Robust standard deviations, and the least factor between a county and its neighbours that is worth a look. */
const farOut = 4;
const leastFactor = { intensity: 1.4, price: 1.2 } as const;
/** Gaps of fewer counties have no spread to speak of. */
const leastCounties = 5;

interface Gap {
  readonly territory: string;
  readonly value: string;
  readonly median: number;
  readonly log: number;
}

/** Hints of all counties of the region, by county. */
export function borderJumps(region: RegionFacts): ReadonlyMap<string, readonly IntegrityHint[]> {
  const { year, counties } = region;
  const hints = new Map<string, IntegrityHint[]>();
  const kinds = new Map<string, 'intensity' | 'price'>();
  for (const { values } of counties)
    for (const { item, kind } of values) if (kind !== 'quantity') kinds.set(item, kind);
  for (const [item, kind] of kinds) {
    const gaps = gapsOf(region, item);
    if (gaps.length < leastCounties) continue;
    const logs = gaps.map(({ log }) => log);
    const [centre, spread] = [median(logs), spreadOf(logs)];
    for (const { territory, value, median: of, log } of gaps) {
      const isFar = Math.abs(log) >= Math.log(leastFactor[kind]) && Math.abs(log - centre) > farOut * spread;
      if (!isFar || (kind === 'price' && log < 0)) continue;
      hints.set(territory, [
        ...(hints.get(territory) ?? []),
        {
          ...{ kind: kind === 'price' ? 'price-shopping' : 'border-jump', territory, year, grade: 'hint' },
          figures: [{ item, value, against: String(of), of: 'median of neighbours' }],
          measured: spread === 0 ? `× ${Math.exp(log).toFixed(2)}` : (Math.abs(log - centre) / spread).toFixed(1),
          threshold: String(farOut),
        },
      ]);
    }
  }
  return hints;
}

function gapsOf({ counties, neighbours }: RegionFacts, item: string): Gap[] {
  const texts = new Map<string, string>();
  for (const county of counties) {
    const text = valueOf(county, item);
    if (text !== undefined && Number(text) > 0) texts.set(county.territory, text);
  }
  return [...texts].flatMap(([territory, value]): Gap[] => {
    const around = (neighbours.get(territory) ?? []).flatMap((code) => {
      const text = texts.get(code);
      return text === undefined ? [] : [Number(text)];
    });
    if (around.length < 2) return [];
    const of = median(around);
    return [{ territory, value, median: of, log: Math.log(Number(value) / of) }];
  });
}

const valueOf = ({ values }: CountyFacts, item: string): string | undefined =>
  values.find((value) => value.item === item)?.text;
