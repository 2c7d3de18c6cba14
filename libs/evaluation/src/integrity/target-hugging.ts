/** What is reached again and again just above its target, more often than the other units of the plan let one expect. */
import { formatYuan, Fraction } from '@gep/kernel';
import type { CountyFacts, CountyTarget, RegionFacts } from './county-facts';
import type { IntegrityHint } from './hint';
import { binomialTail, median, normalBetween, spreadOf } from './robust';

/** Just above: by this share of the target at most; of what lies between far below and that, chance puts a known part there. */
const window = 0.005;
const farBelow = -0.05;
const mostByChance = 0.01;
const leastTimes = 3;
/** Attainments of peers are never taken to lie closer together than this. */
const leastSpread = 0.01;

export function targetHugging({ year, counties }: RegionFacts, county: CountyFacts): IntegrityHint[] {
  const peers = counties
    .filter(({ territory }) => territory !== county.territory)
    .flatMap(distinctTargets)
    .map(ratioOf);
  const own = distinctTargets(county).filter((each) => ratioOf(each) >= farBelow && ratioOf(each) < window);
  const hugging = own.filter((each) => ratioOf(each) >= 0);
  if (peers.length < 10 || hugging.length < leastTimes) return [];
  const [centre, spread] = [median(peers), Math.max(spreadOf(peers), leastSpread)];
  const chance = normalBetween(0, window, centre, spread) / normalBetween(farBelow, window, centre, spread);
  const tail = binomialTail(hugging.length, own.length, chance);
  if (tail > mostByChance) return [];
  return [
    {
      ...{ kind: 'target-hugging', territory: county.territory, year, grade: 'hint' },
      figures: hugging.map(({ indicator, year: of, targetFen, actualFen }) => ({
        ...{ item: indicator, value: formatYuan(actualFen), against: formatYuan(targetFen), of: `target of ${of}` },
      })),
      ...{ measured: tail.toExponential(1), threshold: String(mostByChance) },
    },
  ];
}

/** What several plans set alike is one target, and no more evidence than one. */
function distinctTargets({ targets }: CountyFacts): CountyTarget[] {
  const set = targets.filter(({ targetFen }) => targetFen > 0n);
  return [...new Map(set.map((one) => [`${one.year} ${one.targetFen} ${one.actualFen}`, one])).values()];
}

/** How far above its target, as a share of it. */
const ratioOf = ({ targetFen, actualFen }: CountyTarget): number =>
  Fraction.of(actualFen - targetFen, targetFen).toNumber();
