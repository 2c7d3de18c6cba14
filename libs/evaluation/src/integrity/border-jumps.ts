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
  const { year, counties, neighbours } = region;
  const hints = new Map<string, IntegrityHint[]>();
  for (const [item, { kind, texts }] of textsByItem(counties)) {
    const gaps = gapsOf(texts, neighbours);
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

interface ItemTexts {
  readonly kind: 'intensity' | 'price';
  /** By county; what is above zero alone. */
  readonly texts: Map<string, string>;
}

function textsByItem(counties: readonly CountyFacts[]): Map<string, ItemTexts> {
  const items = new Map<string, ItemTexts>();
  for (const { territory, values } of counties)
    for (const { item, kind, text } of values) {
      if (kind === 'quantity' || !(Number(text) > 0)) continue;
      const known = items.get(item) ?? { kind, texts: new Map<string, string>() };
      items.set(item, known);
      known.texts.set(territory, text);
    }
  return items;
}

function gapsOf(texts: ReadonlyMap<string, string>, neighbours: RegionFacts['neighbours']): Gap[] {
  return [...texts].flatMap(([territory, value]): Gap[] => {
    const around = (neighbours.get(territory) ?? []).map((code) => Number(texts.get(code) ?? 0));
    const known = around.filter((each) => each > 0);
    if (known.length < 2) return [];
    const of = median(known);
    return [{ territory, value, median: of, log: Math.log(Number(value) / of) }];
  });
}
