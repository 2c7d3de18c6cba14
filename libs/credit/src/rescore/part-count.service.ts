/** Counts one part of a run from one snapshot, as its entries stream by. */
import { assert } from '@gep/kernel';
import type { EntityManager } from 'typeorm';
import type { CreditEditions } from '../catalogue/credit-editions.service';
import { dayNumber } from '../score/calendar-day';
import { type CreditEdition, gradeOf, makeScorer, type Scorer, scoreText } from '../score/scorer';
import { BlockCounting, type Stretch } from './block-counting';
import {
  copyEntries,
  copySubjects,
  finest,
  listEditionsIn,
  listEditionsOf,
  type ScoreColumns,
  type WalkSpan,
} from './rescore-part.store';
import type { RescoreRun, WalkPlace } from './rescore.store';
import { WalkedSubjects } from './walked-subjects';

/** Scores of one edition that are stored in one statement. */
const scoresOfBlock = 20_000;
/** The entries of so many tell which editions there are; when they did not name all, the part is read once more. */
const askedForEditions = 1000;

export interface CountedPart {
  readonly subjects: number;
  readonly last: WalkPlace;
  /** Scores that differ from what was stored, in blocks. */
  readonly changed: Iterable<ScoreColumns>;
}

/** @param known grows by the editions that are met @returns undefined when no subjects are left */
export async function countPart(
  tx: EntityManager,
  { run, span }: { readonly run: Pick<RescoreRun, 'asOf'>; readonly span: WalkSpan },
  editions: CreditEditions,
  known: Map<string, CreditEdition>,
): Promise<CountedPart | undefined> {
  const walk = new WalkedSubjects();
  for await (const rows of copySubjects(tx, span, run.asOf)) walk.addAll(rows);
  if (walk.size === 0) return undefined;
  const inForce: CreditEdition[] = [];
  for (const path of walk.paths) inForce.push(await editions.inForce(tx, path, run.asOf));
  const learn = async (met: readonly string[]): Promise<void> => {
    for (const edition of met) known.set(edition, await editions.of(tx, edition));
  };
  await learn(inForce.map(({ edition }) => edition));
  await learn(await listEditionsOf(tx, walk.sample(askedForEditions)));
  for (;;) {
    const stretches = stretchesOf(walk, inForce, known);
    const packed = stretches[0].scorer.rows.map(({ edition, behaviour: { code } }) => ({ edition, code }));
    const counting = new BlockCounting(stretches, packed, dayNumber(run.asOf));
    for await (const rows of copyEntries(tx, { ...span, subjects: walk.size }, run.asOf, packed)) counting.addAll(rows);
    counting.finish();
    if (!counting.isUnknown) {
      const last = { path: walk.paths.at(-1)!, subject: walk.id(walk.size - 1) };
      return { subjects: walk.size, last, changed: changedOf(walk, stretches, counting.scores) };
    }
    const met = known.size;
    await learn(await listEditionsIn(tx, span));
    assert(known.size > met, 'every entry names an item of its edition');
  }
}

/** Neighbours for whom one edition is in force stand together. */
function stretchesOf(
  walk: WalkedSubjects,
  inForce: readonly CreditEdition[],
  known: ReadonlyMap<string, CreditEdition>,
): Stretch[] {
  const others = [...known.values()].sort((a, b) => (a.edition < b.edition ? -1 : 1));
  const scorers = new Map<string, Scorer>();
  const stretches: Stretch[] = [];
  inForce.forEach((current, place) => {
    const scorer = scorers.get(current.edition) ?? makeScorer(current, others);
    scorers.set(current.edition, scorer);
    const end = walk.begins[place + 1] ?? walk.size;
    const before = stretches.at(-1);
    if (before?.scorer === scorer) stretches[stretches.length - 1] = { ...before, end };
    else stretches.push({ begin: walk.begins[place], end, scorer });
  });
  return stretches;
}

function* changedOf(
  walk: WalkedSubjects,
  stretches: readonly Stretch[],
  scores: Float64Array,
): Generator<ScoreColumns> {
  let path = 0;
  for (const { begin, end, scorer } of stretches) {
    const inFinest = finest / scorer.scale;
    assert(Number.isInteger(inFinest), 'the scale divides the finest part');
    const { edition } = scorer;
    const empty = () => ({ edition, subjects: [], paths: [], scores: [], grades: [] });
    let block: ScoreColumns = empty();
    for (let at = begin; at < end; at++) {
      while (at >= (walk.begins[path + 1] ?? walk.size)) path++;
      if (!walk.isChanged(at, { score: scores[at] * inFinest, edition })) continue;
      block.subjects.push(walk.id(at));
      block.paths.push(walk.paths[path]);
      block.scores.push(scoreText(scorer, scores[at]));
      block.grades.push(gradeOf(scorer, scores[at]) ?? null);
      if (block.subjects.length < scoresOfBlock) continue;
      yield block;
      block = empty();
    }
    if (block.subjects.length > 0) yield block;
  }
}
