/// The list of roles: what stands before the sections and after them.
enum RoleListTemplate {
  static let head = Template(
    ##"""
    <section id="roles" aria-labelledby="h-roles"><h2 id="h-roles">Roles</h2>
    <p>{{intro}}</p>
    {{#hasRoles}}
    <div class="tools" id="tools" role="search" aria-label="Find roles" hidden><label>Search <input id="f-q" type="search" placeholder="name, owner, account, finding"></label>
    <label>Account <select id="f-account"><option value="">all</option>{{#accounts}}<option>{{.}}</option>{{/accounts}}</select></label>
    <label>Worst finding <select id="f-severity"><option value="">any</option>{{#severities}}<option>{{.}}</option>{{/severities}}</select></label>
    <label>Order <select id="f-sort"><option value="score">risk</option><option value="unused">most that may go</option><option value="used">longest idle</option><option value="name">name</option></select></label>
    <button type="button" id="f-open">Open all</button><output aria-live="polite"></output></div>
    <div class="head roles-head" aria-hidden="true"><span></span><span>Role</span><span>Granted, by verdict</span><span class="num">Unused, as<br>far as seen</span><span class="num">Last used</span><span>Worst finding,<br>how many</span></div>
    <div id="role-list">
    {{/hasRoles}}

    """##)

  static let end = Template(
    """
    {{#hasRoles}}
    </div>
    {{/hasRoles}}
    </section>

    """)
}
