// @ts-check
/**
 * What every page can do in a hurry: leave, or be covered; and what it says in a frame.
 */

import { connectCover } from "./cover.js";
import { connectExit } from "./exit.js";
import { connectFrame } from "./framed.js";

connectExit(document);
connectCover(document);
connectFrame(document);
