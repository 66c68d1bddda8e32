/* rigour.c: operational rigour, an asset that stays when the person leaves
 *
 *     dK = (time of the delivery seats) (1 - K) / tau_K dt - K / tau_f dt;    h_dep shrinks by rho_K K (coordination.c)
 *
 * Reads    delivery_time
 * Writes   rigour
 * Registry rho_rigour tau_rigour tau_fade
 * Source   assumption
 * Lever    rigour=off
 */
#include "engine/state.h"

static void rigour_step(struct batch *b)
{
    const struct constants *a = &b->p->a;
    lane_f grows = b->o->lever[ORGSIM_LEVER_rigour] / a->tau_rigour * b->delivery_time * (1.0f - b->rigour);
    /* a time shorter than the step would carry it past its end, and back, ever further */
    b->rigour = lane_unit(b->rigour + lane_keep(b->alive, b->p->dt * (grows - b->rigour * (1 / a->tau_fade))));
}
