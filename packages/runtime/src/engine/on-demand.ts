/** True, because pages load the engine on demand. */
export const isLoadedOnDemand = true;
