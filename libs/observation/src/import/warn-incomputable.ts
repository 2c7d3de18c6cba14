/** Warns of rows that lack what services need: they are good observations, and no account can be made of them. */
import type { NeededAttribute } from '@gep/rulebook';
import { decodeChunk } from '../chunk/chunk-codec';
import { ProblemList, Reason } from '../table/cell-problem';
import { reasons } from '../table/reasons';
import { CheckedPeriod } from './checked-file';

/** One warning for the attributes that the same rows lack for the same services, at the first of the rows. */
export function warnIncomputable(
  problems: ProblemList,
  { bytes }: CheckedPeriod,
  needed: readonly NeededAttribute[],
): void {
  const { rows, types, typeIndex, columns, series = [], sourceSheet, sourceRow } = decodeChunk(bytes);
  const byAttribute = new Map<string, NeededAttribute[]>();
  for (const one of needed) {
    if (series.some(({ code }) => code === one.attribute)) continue;
    if (types.includes(one.type)) byAttribute.set(one.attribute, [...(byAttribute.get(one.attribute) ?? []), one]);
  }
  const found = new Map<string, { attributes: string[]; first: number; reasonFor: (attributes: string) => Reason }>();
  for (const [attribute, wants] of byAttribute) {
    const values: Float64Array | undefined = columns[attribute];
    const wanting = types.map((type) => wants.find((one) => one.type === type));
    const lacking = new Set<NeededAttribute>();
    let [count, first] = [0, -1];
    for (let row = 0; row < rows; row += 1) {
      const want = wanting[typeIndex[row]];
      if (!want || (values && !Number.isNaN(values[row]))) continue;
      lacking.add(want);
      count += 1;
      if (first < 0) first = row;
    }
    if (first < 0) continue;
    const lacked = [...lacking].map(({ type }) => type);
    const services = [...new Set([...lacking].flatMap((one) => one.services))];
    const key = JSON.stringify([first, count, lacked, services]);
    const same = found.get(key);
    if (same) same.attributes.push(attribute);
    else {
      const reasonFor = (attributes: string): Reason => reasons.attributeLacking(attributes, lacked, count, services);
      found.set(key, { attributes: [attribute], first, reasonFor });
    }
  }
  for (const { attributes, first, reasonFor } of found.values()) {
    const named = attributes.join(', ');
    problems.addNamed(sourceSheet, sourceRow[first], named, '', reasonFor(named));
  }
}
