/** The flow of a run: nothing lost, nothing twice, every level after what it is made of. */
import * as fc from 'fast-check';
import { FlowNode, flowOfRun, FlowTask, jobIdOf } from './flow-of-run';

const runId = '3f0c5f6e-0000-4000-8000-000000000001';
const batch = (taskNo: number, finished = false): FlowTask => ({ taskNo, level: null, finished });
const level = (taskNo: number, name: string, finished = false): FlowTask => ({ taskNo, level: name, finished });
const all = (nodes: readonly FlowNode[]): FlowNode[] => nodes.flatMap((node) => [node, ...all(node.children ?? [])]);

describe('flowOfRun', () => {
  it('stacks the levels as a chain over all batches', () => {
    const [root, ...more] = flowOfRun({
      runId,
      round: 1,
      tasks: [batch(0), batch(1), level(2, 'prefecture'), level(3, 'province')],
    });
    expect(more).toEqual([]);
    expect(root.data).toEqual({ runId, taskNo: 3, level: 'province' });
    expect(root.children).toHaveLength(1);
    expect(root.children![0].data).toEqual({ runId, taskNo: 2, level: 'prefecture' });
    expect(root.children![0].children!.map((node) => node.data)).toEqual([
      { runId, taskNo: 0 },
      { runId, taskNo: 1 },
    ]);
    expect(root.opts.ignoreDependencyOnFailure).toBeUndefined();
    expect(root.children![0].opts.ignoreDependencyOnFailure).toBe(true);
  });

  it('issues only what is unfinished, under new ids in each round', () => {
    const tasks = [batch(0, true), batch(1), level(2, 'county')];
    const [root] = flowOfRun({ runId, round: 2, tasks });
    expect(all([root]).map((node) => node.opts.jobId)).toEqual([jobIdOf(runId, 2, 2), jobIdOf(runId, 1, 2)]);
    expect(flowOfRun({ runId, round: 2, tasks: tasks.map((task) => ({ ...task, finished: true })) })).toEqual([]);
  });

  it('holds every unfinished task once, levels above batches, whatever the order given', () => {
    const seed = Number(process.env.GEP_TEST_SEED ?? Date.now());
    const tasks = fc
      .tuple(fc.array(fc.boolean(), { maxLength: 60 }), fc.array(fc.boolean(), { maxLength: 8 }))
      .map(([batches, levels]) => [
        ...batches.map((finished, at) => batch(at, finished)),
        ...levels.map((finished, at) => level(batches.length + at, `level${at}`, finished)),
      ]);
    fc.assert(
      fc.property(tasks, fc.nat(), (given, shift) => {
        const shuffled = given.map((_, at) => given[(at + shift) % given.length]);
        const flow = flowOfRun({ runId, round: 1, tasks: shuffled });
        const numbers = all(flow).map((node) => node.data.taskNo);
        const open = given.filter((task) => !task.finished).map((task) => task.taskNo);
        expect([...numbers].sort((a, b) => a - b)).toEqual(open);
        for (const node of all(flow)) {
          for (const child of node.children ?? []) expect(child.data.taskNo).toBeLessThan(node.data.taskNo);
          expect(node.opts.jobId).toMatch(/^[^:]*[a-z][^:]*$/);
        }
        expect(flowOfRun({ runId, round: 1, tasks: given })).toEqual(flow);
      }),
      { seed, verbose: 1 },
    );
  });
});
