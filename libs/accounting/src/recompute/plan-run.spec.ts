/** Planning a run: batches in code order, one step per level, nothing for what is observed itself. */
import { batchSize, planRun } from './plan-run';

describe('planRun', () => {
  it('puts observed territories in batches in code order and levels above them, lowest first', () => {
    const observed = Array.from({ length: batchSize + 6 }, (_, at) => String(520000 + at)).reverse();
    const plan = planRun(observed, [
      { code: 'CN', level: 'nation' },
      { code: '520000', level: 'province' },
      { code: '520900', level: 'prefecture' },
      { code: '520800', level: 'prefecture' },
    ]);
    expect(plan.map(({ taskNo, level, territories }) => [taskNo, level, territories.length])).toEqual([
      [0, null, batchSize],
      [1, null, 6],
      [2, 'prefecture', 2],
      [3, 'nation', 1],
    ]);
    expect(plan[0].territories[0]).toBe('520000');
    expect(plan[2].territories).toEqual(['520800', '520900']);
  });

  it('does not roll up a territory that has observations of its own, nor anything over a site alone', () => {
    expect(planRun(['520523'], [{ code: '520523', level: 'county' }])).toHaveLength(1);
    expect(planRun(['520523-mine', '520523-mine'], [])).toEqual([
      { taskNo: 0, level: null, territories: ['520523-mine'] },
    ]);
  });
});
