/** A worker may start only when jobs and processors match one to one. */
import { ProcessorsMismatch } from './errors';
import { checkProcessors } from './job-processors';

describe('checkProcessors', () => {
  it('accepts one processor per job', () => {
    expect(() => checkProcessors(['a', 'b'], ['b', 'a'])).not.toThrow();
  });

  it('names jobs with none, with two, and unknown ones, at once', () => {
    const check = () => checkProcessors(['a', 'b', 'c'], ['b', 'b', 'd', 'c']);
    expect(check).toThrow(ProcessorsMismatch);
    expect(check).toThrow('no processor: a; more than one processor: b; not declared: d');
  });
});
