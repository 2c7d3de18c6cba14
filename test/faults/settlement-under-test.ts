/** Entry of a process that is killed on the way of a settlement. */
import 'reflect-metadata';
import { goUntilKilled } from './go-until-killed';
import { goTheWay } from './settlement-way';

goUntilKilled(goTheWay);
