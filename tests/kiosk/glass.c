/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * glass WIDTHxHEIGHT: a screen without a panel that is touched by what standard
 * input says; a small Wayland compositor (wlroots, headless) of the tests. It
 * shows the newest window over the whole screen. Prints "WAYLAND_DISPLAY NAME"
 * when it is there, "shown" when a window is, "gone" when one goes.
 *
 *	down ID X Y | move ID X Y | up ID	a finger
 *	key CODE VALUE				evdev's code, 1 down, 0 up
 *
 * Ends with its input.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <wayland-server-core.h>
#include <wlr/backend/headless.h>
#include <wlr/interfaces/wlr_keyboard.h>
#include <wlr/render/allocator.h>
#include <wlr/render/pixman.h>
#include <wlr/types/wlr_compositor.h>
#include <wlr/types/wlr_data_device.h>
#include <wlr/types/wlr_keyboard.h>
#include <wlr/types/wlr_output_layout.h>
#include <wlr/types/wlr_scene.h>
#include <wlr/types/wlr_screencopy_v1.h>
#include <wlr/types/wlr_seat.h>
#include <wlr/types/wlr_xdg_output_v1.h>
#include <wlr/types/wlr_xdg_shell.h>
#include <xkbcommon/xkbcommon.h>

static struct wl_display *display;
static struct wlr_scene *scene;
static struct wlr_output *output;
static struct wlr_seat *seat;
static struct wlr_input_device *keyboard;
static unsigned width = 1280, height = 800;

static struct wl_listener on_frame, on_surface, on_key;

struct window {
	struct wlr_xdg_surface *xdg;
	struct wl_listener map, unmap, destroy;
};

static uint32_t
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint32_t)(t.tv_sec * 1000 + t.tv_nsec / 1000000);
}

static void
say(const char *words, const char *more)
{
	printf("%s%s\n", words, more);
	fflush(stdout);
}

/* ------------------------------------------------------------------ windows */

static void
handle_map(struct wl_listener *listener, void *data)
{
	struct window *w = wl_container_of(listener, w, map);
	struct wlr_keyboard *k = keyboard->keyboard;

	(void)data;
	wlr_seat_keyboard_notify_enter(
	    seat, w->xdg->surface, k->keycodes, k->num_keycodes, &k->modifiers);
	say("shown", "");
}

static void
handle_unmap(struct wl_listener *listener, void *data)
{
	(void)listener;
	(void)data;
	say("gone", "");
}

static void
handle_destroy(struct wl_listener *listener, void *data)
{
	struct window *w = wl_container_of(listener, w, destroy);

	(void)data;
	free(w);
}

static void
handle_surface(struct wl_listener *listener, void *data)
{
	struct wlr_xdg_surface *xdg = data;
	struct window *w;

	(void)listener;
	if (xdg->role != WLR_XDG_SURFACE_ROLE_TOPLEVEL)
		return;
	w = calloc(1, sizeof(*w));
	if (w == NULL)
		abort();
	w->xdg = xdg;
	wlr_scene_xdg_surface_create(&scene->node, xdg);
	wlr_xdg_toplevel_set_size(xdg, width, height);
	wlr_xdg_toplevel_set_fullscreen(xdg, true);
	wlr_xdg_toplevel_set_activated(xdg, true);
	w->map.notify = handle_map;
	w->unmap.notify = handle_unmap;
	w->destroy.notify = handle_destroy;
	wl_signal_add(&xdg->events.map, &w->map);
	wl_signal_add(&xdg->events.unmap, &w->unmap);
	wl_signal_add(&xdg->events.destroy, &w->destroy);
}

static void
handle_frame(struct wl_listener *listener, void *data)
{
	struct wlr_scene_output *shown =
	    wlr_scene_get_scene_output(scene, output);
	struct timespec now;

	(void)listener;
	(void)data;
	wlr_scene_output_commit(shown);
	clock_gettime(CLOCK_MONOTONIC, &now);
	wlr_scene_output_send_frame_done(shown, &now);
}

/* -------------------------------------------------------------------- input */

static void
finger_down(int id, double x, double y)
{
	double sx, sy;
	struct wlr_scene_node *node =
	    wlr_scene_node_at(&scene->node, x, y, &sx, &sy);

	if (node == NULL || node->type != WLR_SCENE_NODE_SURFACE)
		return;
	wlr_seat_touch_notify_down(seat,
	    wlr_scene_surface_from_node(node)->surface, now_ms(), id, sx, sy);
}

static void
press_key(uint32_t code, uint32_t value)
{
	struct wlr_event_keyboard_key event = {.time_msec = now_ms(),
	    .keycode = code,
	    .update_state = true,
	    .state = value ? WL_KEYBOARD_KEY_STATE_PRESSED
			   : WL_KEYBOARD_KEY_STATE_RELEASED};

	wlr_keyboard_notify_key(keyboard->keyboard, &event);
}

static void
handle_key(struct wl_listener *listener, void *data)
{
	struct wlr_event_keyboard_key *e = data;

	(void)listener;
	wlr_seat_keyboard_notify_modifiers(
	    seat, &keyboard->keyboard->modifiers);
	wlr_seat_keyboard_notify_key(seat, e->time_msec, e->keycode, e->state);
}

static void
obey(const char *line)
{
	double x, y;
	unsigned code, value;
	int id;

	/* the one window fills the screen: its places are the screen's */
	if (sscanf(line, "down %d %lf %lf", &id, &x, &y) == 3)
		finger_down(id, x, y);
	else if (sscanf(line, "move %d %lf %lf", &id, &x, &y) == 3)
		wlr_seat_touch_notify_motion(seat, now_ms(), id, x, y);
	else if (sscanf(line, "up %d", &id) == 1)
		wlr_seat_touch_notify_up(seat, now_ms(), id);
	else if (sscanf(line, "key %u %u", &code, &value) == 2)
		press_key(code, value);
	else
		fprintf(stderr, "glass: what is \"%s\"?\n", line);
	wlr_seat_touch_notify_frame(seat);
}

static int
handle_input(int fd, uint32_t mask, void *data)
{
	static char text[4096];
	static size_t n;
	ssize_t got = read(fd, text + n, sizeof(text) - 1 - n);
	char *end;

	(void)mask;
	(void)data;
	if (got <= 0) {
		wl_display_terminate(display);
		return 0;
	}
	n += (size_t)got;
	text[n] = '\0';
	while ((end = strchr(text, '\n')) != NULL) {
		*end = '\0';
		obey(text);
		n -= (size_t)(end + 1 - text);
		memmove(text, end + 1, n + 1);
	}
	return 0;
}

/* -------------------------------------------------------------------- start */

static void
make_keyboard(struct wlr_backend *backend)
{
	struct xkb_context *context = xkb_context_new(XKB_CONTEXT_NO_FLAGS);
	struct xkb_keymap *keymap = xkb_keymap_new_from_names(
	    context, NULL, XKB_KEYMAP_COMPILE_NO_FLAGS);

	keyboard =
	    wlr_headless_add_input_device(backend, WLR_INPUT_DEVICE_KEYBOARD);
	wlr_keyboard_set_keymap(keyboard->keyboard, keymap);
	xkb_keymap_unref(keymap);
	xkb_context_unref(context);
	on_key.notify = handle_key;
	wl_signal_add(&keyboard->keyboard->events.key, &on_key);
	wlr_seat_set_keyboard(seat, keyboard);
}

static void
make_screen(struct wlr_backend *backend)
{
	struct wlr_renderer *renderer = wlr_pixman_renderer_create();
	struct wlr_allocator *allocator =
	    wlr_allocator_autocreate(backend, renderer);
	struct wlr_output_layout *layout = wlr_output_layout_create();

	wlr_renderer_init_wl_display(renderer, display);
	wlr_compositor_create(display, renderer);
	wlr_data_device_manager_create(display);
	wlr_screencopy_manager_v1_create(display);
	wlr_xdg_output_manager_v1_create(display, layout);
	scene = wlr_scene_create();
	wlr_scene_attach_output_layout(scene, layout);
	output = wlr_headless_add_output(backend, width, height);
	wlr_output_init_render(output, allocator, renderer);
	wlr_output_layout_add_auto(layout, output);
	on_frame.notify = handle_frame;
	wl_signal_add(&output->events.frame, &on_frame);
}

int
main(int argc, char **argv)
{
	struct wlr_backend *backend;
	struct wlr_xdg_shell *shell;

	if (argc != 2 || sscanf(argv[1], "%ux%u", &width, &height) != 2)
		return 2;
	display = wl_display_create();
	backend = wlr_headless_backend_create(display);
	seat = wlr_seat_create(display, "seat0");
	make_screen(backend);
	make_keyboard(backend);
	wlr_seat_set_capabilities(
	    seat, WL_SEAT_CAPABILITY_TOUCH | WL_SEAT_CAPABILITY_KEYBOARD);
	shell = wlr_xdg_shell_create(display);
	on_surface.notify = handle_surface;
	wl_signal_add(&shell->events.new_surface, &on_surface);
	if (!wlr_backend_start(backend))
		return 1;
	wl_event_loop_add_fd(wl_display_get_event_loop(display), STDIN_FILENO,
	    WL_EVENT_READABLE, handle_input, NULL);
	say("WAYLAND_DISPLAY ", wl_display_add_socket_auto(display));
	wl_display_run(display);
	wl_display_destroy_clients(display);
	wl_display_destroy(display);
	return 0;
}
